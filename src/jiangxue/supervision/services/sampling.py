"""Drawing samples, and saying what was seen. Clause C5."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer
from jiangxue.supervision.errors.sampling import NobodyToDraw, NotTheTurn
from jiangxue.supervision.models import Draw, Drawn, DrawnWord
from jiangxue.supervision.queries.sampling import Scope, drawn_for, population, scope_for
from jiangxue.supervision.rules.sampling import SampleWord, digest_of, drawn, packed, require_bounds, seed_of
from jiangxue.supervision.services.telling_of_samples import tell_of_word


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to draw: where and by which days, how many, by which seed, and who named that."""

    scope: Scope
    size: int
    seed: str
    named_by: str


@transaction.atomic
def draw_sample(viewer: Viewer, wish: Wish, *, by: Actor, now: datetime) -> Draw:
    """Draw a sample and keep that it was drawn, from whom and by what; raises `NotASeed`, `OutsideScope` or `NobodyToDraw`.

    Nobody sees a name before the draw is kept.
    """
    seed, scope = seed_of(wish.seed), scope_for(viewer, wish.scope)
    require_bounds(scope.period.first, scope.period.last, size=wish.size, today=learning_day(now))
    found = population(viewer, scope)
    if not found:
        raise NobodyToDraw
    kept = Draw.objects.create(
        id=new_id(),
        by_id=viewer.account_id,
        region=viewer.region or "",
        at=now,
        scope_region=scope.region,
        institution_id=scope.institution_id,
        training_class_id=scope.class_id,
        first_day=scope.period.first,
        last_day=scope.period.last,
        size=wish.size,
        seed=seed,
        named_by=wish.named_by.strip(),
        population=packed(found),
        population_size=len(found),
        digest=digest_of(found),
    )
    chosen = drawn(seed, found.keys(), wish.size)
    Drawn.objects.bulk_create(
        Drawn(draw=kept, ordinal=ordinal, enrolment_id=found[archive]) for ordinal, archive in enumerate(chosen, 1)
    )
    audit.record("sample.drawn", by=by, at=now, about=("sample", kept.pk), reason=f"{seed} · {kept.named_by}")
    return kept


@dataclass(frozen=True, slots=True)
class Said:
    """A word about the learner `ordinal` of a draw; `after` is how many words there were when the page was read."""

    draw_id: UUID
    ordinal: int
    word: SampleWord
    after: int


@transaction.atomic
def say_word(viewer: Viewer, said: Said, *, by: Actor, now: datetime) -> None:
    """Keep what a supervisor says of a learner of a sample; raises `NoSuchDraw`, or `NotTheTurn` where somebody has spoken meanwhile."""
    drawn_one = drawn_for(viewer, said.draw_id, said.ordinal)
    lock_until_commit(said.draw_id.bytes)
    if drawn_one.words.count() != said.after:
        raise NotTheTurn
    DrawnWord.objects.create(
        drawn=drawn_one, ordinal=said.after + 1, word=said.word.value, by_id=viewer.account_id, at=now
    )
    act = "sample.fine" if said.word is SampleWord.FINE else "sample.look_closer"
    audit.record(act, by=by, at=now, about=("enrolment", drawn_one.enrolment_id))
    tell_of_word(drawn_one.draw, said.word, by_id=viewer.account_id, at=now)


def note_printed(draw: Draw, *, by: Actor, now: datetime) -> None:
    """Keep who had a sample as a paper."""
    audit.record("sample.printed", by=by, at=now, about=("sample", draw.pk))
