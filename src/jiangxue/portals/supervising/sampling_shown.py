"""What the pages of samples show: the draw in facts, and of each learner the bars, checks and, for a reason, the strip of pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Check
from jiangxue.learning.queries.days import Day
from jiangxue.learning.queries.face_pictures import Picture
from jiangxue.learning.queries.samples import checks_of, days_of
from jiangxue.learning.services.face_pictures import show_strips
from jiangxue.organisations.queries import region_names
from jiangxue.portals.face_pictures import signed
from jiangxue.portals.figures import figures_of
from jiangxue.portals.supervising.sampling_forms import WORDS
from jiangxue.portals.watching.case_links import new_case_url
from jiangxue.supervision.models import Draw, Drawn, DrawnWord
from jiangxue.supervision.queries.sampling import changed_since, drawn_in, earlier_draws, period_of
from jiangxue.supervision.rules.sampling import SampleWord
from jiangxue.ui.checks import CHECK_OUTCOMES, PASSED, marks_of
from jiangxue.ui.masking import masked_name

SALT = "sample picture"
type Strips = Mapping[UUID, Sequence[Picture]]


@dataclass(frozen=True, slots=True)
class Looked:
    """Whom a draw drew, with the days and the checks of each by their place."""

    draw: Draw
    drawn: Sequence[Drawn]
    days: Mapping[int, Sequence[Day]]
    checks: Mapping[int, Sequence[Check]]

    @property
    def has_faces(self) -> bool:
        """Say whether a face was due at any of the checks."""
        return any(check.trigger for checks in self.checks.values() for check in checks)


def look_at(viewer: Viewer, draw: Draw) -> Looked:
    """Return what a supervisor is shown of a draw."""
    drawn, period = drawn_in(draw), period_of(draw)
    places = [each.enrolment_id for each in drawn]
    return Looked(draw, drawn, days_of(viewer, places, period), checks_of(viewer, places, period))


def looked_at(request: SignedRequest, looked: Looked, reason: str) -> Strips:
    """Record that the pictures of all who were drawn are looked at, and return them by check."""
    due = [check for checks in looked.checks.values() for check in checks if check.trigger]
    return show_strips(request.viewer, due, reason, by=actor_of(request), now=request.now)


def draw_line(draw: Draw, names: Mapping[str, str]) -> dict[str, object]:
    """Return a draw as lists show it."""
    return {
        "url": reverse("regulator:sample", args=(draw.pk,)),
        "at": draw.at,
        "by": masked_name(draw.by.name),
        "scope": scope_said(draw, names),
        "first_day": draw.first_day,
        "last_day": draw.last_day,
        "seed": draw.seed,
        "named_by": draw.named_by,
        "drawn": getattr(draw, "drawn_count", 0),
        "of": draw.population_size,
        "looked_at": getattr(draw, "looked_at", 0),
    }


def scope_said(draw: Draw, names: Mapping[str, str]) -> str:
    """Say where a sample was drawn."""
    if draw.training_class is not None:
        return draw.training_class.name
    if draw.institution is not None:
        return draw.institution.name
    return names.get(draw.scope_region, draw.scope_region)


def facts_of(request: SignedRequest, draw: Draw) -> dict[str, object]:
    """Return a draw in facts: the earlier draws beside it, and how its population has changed since."""
    earlier = list(earlier_draws(request.viewer, draw))
    names = region_names({draw.scope_region, *(each.scope_region for each in earlier)})
    pk = draw.pk
    return {
        "draw": {**draw_line(draw, names), "digest": draw.digest, "size": draw.size},
        "earlier": [draw_line(each, names) for each in earlier],
        "same": [each.at for each in earlier if (each.seed, each.digest) == (draw.seed, draw.digest)],
        "changed": changed_since(request.viewer, draw),
        "samples_url": reverse("regulator:samples"),
        "population_url": reverse("regulator:sample_population", args=(pk,)),
        "paper_url": reverse("regulator:sample_paper", args=(pk,)),
        "pictures_url": reverse("regulator:sample_pictures", args=(pk,)),
    }


def learners_of(request: SignedRequest, looked: Looked, strips: Strips | None) -> list[dict[str, object]]:
    """Return whom a draw drew, in its order; with strips, also the pictures of each day."""
    return [_learner(request, looked, each, strips) for each in looked.drawn]


def _learner(request: SignedRequest, looked: Looked, one: Drawn, strips: Strips | None) -> dict[str, object]:
    place, words = one.enrolment, list(one.words.all())
    days, checks = looked.days[place.pk], looked.checks[place.pk]
    class_id = place.training_class_id
    return {
        "ordinal": one.ordinal,
        "name": place.learner.staff_name,
        "class_name": place.training_class.name,
        "institution": place.training_class.institution.name,
        "figures": figures_of(stretch for day in days for stretch in day.stretches),
        "passed": sum(check.outcome == PASSED for check in checks),
        "others": sum(check.outcome not in ("", PASSED) for check in checks),
        "days": [_day(request, one, day, checks, strips) for day in days if day.parts],
        "empty_days": [day.day for day in days if not day.parts],
        "words": [_word(each) for each in words],
        "after": len(words),
        "word_url": reverse("regulator:sample_word", args=(looked.draw.pk, one.ordinal)),
        "learner_url": reverse("regulator:learner", args=(class_id, place.pk)),
        "archive_url": reverse("regulator:archive", args=(class_id, place.pk)),
        "case_url": new_case_url(place, "sample", str(looked.draw.pk)),
    }


def _day(
    request: SignedRequest, one: Drawn, day: Day, checks: Sequence[Check], strips: Strips | None
) -> dict[str, object]:
    held = {part.session.pk for part in day.parts}
    of_day = [check for check in checks if check.session_id in held]
    return {
        "day": day.day,
        "url": reverse("regulator:day", args=(one.enrolment.training_class_id, one.enrolment_id, day.day.isoformat())),
        "stretches": day.stretches,
        "figures": figures_of(day.stretches),
        "marks": marks_of(of_day, day.stretches),
        "strip": [_frame(request, check, each) for check in of_day for each in (strips or {}).get(check.pk, ())],
    }


def _frame(request: SignedRequest, check: Check, picture: Picture) -> dict[str, object]:
    token = signed(request, SALT, {"check": check.pk.hex, "picture": picture.id.hex})
    return {
        "url": reverse("regulator:sample_picture", args=(token,)),
        "at": picture.at,
        "outcome": CHECK_OUTCOMES[check.outcome],
        "passed": check.outcome == PASSED,
    }


def _word(word: DrawnWord) -> dict[str, object]:
    said = SampleWord(word.word)
    return {"label": WORDS[said], "is_fine": said is SampleWord.FINE, "by": masked_name(word.by.name), "at": word.at}
