"""The texts of the promises, who has signed them, and who has still to. Clauses C1, C5."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from jiangxue.enrolment.errors import PromiseNotSigned
from jiangxue.enrolment.models import ClassOpening, Enrolment, Promise, TrainingClass
from jiangxue.enrolment.rules.promises import VERSIONS, Party
from jiangxue.kernel.viewer import Viewer

TEXTS = Path(__file__).parents[1] / "texts"

type Signed = Promise
"""What the domains above call a signed promise."""


@dataclass(frozen=True, slots=True)
class PromiseText:
    """A text that is promised by: title, one paragraph that says the essence, the rest in Markdown, and the hash of the whole."""

    party: Party
    version: int
    title: str
    essence: str
    rest: str
    sha256: str


def text_of(party: Party) -> PromiseText:
    """Return the text by which somebody promises now."""
    return text_by(party, VERSIONS[party])


@cache
def text_by(party: Party, version: int) -> PromiseText:
    """Return a text of any version that there is."""
    whole = (TEXTS / f"{party.value}-{version}.md").read_text(encoding="utf-8")
    title, essence, rest = whole.split("\n\n", 2)
    sha256 = hashlib.sha256(whole.encode()).hexdigest()
    return PromiseText(party, version, title.removeprefix("# "), essence, rest, sha256)


def require_promise(place: Enrolment) -> None:
    """Raise `PromiseNotSigned` where a class came of an application and its learner has not promised yet; other classes ask for none."""
    if is_due(place):
        raise PromiseNotSigned


def is_due(place: Enrolment) -> bool:
    """Say whether the learner of a place has still to promise."""
    if not ClassOpening.objects.filter(training_class_id=place.training_class_id).exists():
        return False
    return signed_by_learner(place) is None


def signed_by_learner(place: Enrolment) -> Promise | None:
    """Return what the learner of a place has signed, for callers who have the place from a viewer's query."""
    return Promise.objects.filter(enrolment=place).first()


def signed_by_institution(training_class: TrainingClass) -> Promise | None:
    """Return what the institution signed last for a class that came of an application, for callers who have it from a viewer's query."""
    found = Promise.objects.filter(opening__training_class=training_class).select_related("account")
    return found.order_by("-pk").first()


def learners_signed(training_class: TrainingClass) -> int:
    """Return how many who are in a class have promised."""
    return Promise.objects.filter(enrolment__training_class=training_class, enrolment__left_at=None).count()


def own_promises(viewer: Viewer) -> QuerySet[Promise]:
    """Return what the viewer has signed as a learner, oldest first."""
    own = Promise.objects.filter(party=Party.LEARNER.value, enrolment__learner_id=viewer.account_id)
    return own.select_related("enrolment__training_class").order_by("pk")
