"""How a class of the wider demonstration ended: rated by those who finished, settled by two persons, with proofs of hours, one of them withdrawn."""

from collections.abc import Callable, Sequence
from datetime import datetime

from jiangxue.archive.models import Settlement
from jiangxue.archive.services.settling import Review, propose, review
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.project.demonstration.acting import Days, acting
from jiangxue.project.demonstration.wider.classes import AT_WORK, OVER, RUNNING, SETTLED, Held, places_of
from jiangxue.rating.errors import NotFinished
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries import lecturers_rated
from jiangxue.rating.rules.drafts import RatingDraft
from jiangxue.rating.services.giving import rate
from jiangxue.supervision.errors.hours_proofs import NothingToProve
from jiangxue.supervision.services.hours_proofs import Withdrawal, give_proof, withdraw_proof

_OPINIONS = (
    (5, "抹布分色很实用，回去就照着做。"),
    (4, ""),
    (5, "消毒液怎么配讲得明白，以前都是凭感觉倒。"),
    (3, "文字多，希望有视频。"),
    (4, "手机上看方便，碎片时间就能学。"),
    (5, ""),
    (2, "打卡有点频繁，做着家务不好及时点。"),
)
_PROOFS = 8
_WRONG_NAME = "学员姓名录入有误，已更正，原证明撤回重开。"


def seed_ratings(*, days: Days, report: Callable[[str], object]) -> None:
    """Let those who finished rate their course, once."""
    given = 0
    for held in (OVER, SETTLED, RUNNING, AT_WORK):
        if CourseRating.objects.filter(enrolment__training_class__code=held.code).exists():
            continue
        at = days.ago(-held.ends if held.is_over else 0, 0, 5)
        given += sum(_rate(place, number, at) for number, place in enumerate(places_of(held)) if number % 3 != 1)
    report(f"  {given} ratings by those who finished")


def _rate(place: Enrolment, number: int, at: datetime) -> bool:
    stars, comment = _OPINIONS[number % len(_OPINIONS)]
    of_lecturers = {each.ref: max(1, stars - number % 2) for each in lecturers_rated(place, None)}
    viewer = Viewer(place.learner_id, Role.LEARNER)
    draft = RatingDraft(stars, comment, of_lecturers)
    try:
        rate(viewer=viewer, class_id=place.training_class_id, draft=draft, by=PROGRAM, now=at)
    except NotFinished:
        return False
    return True


def seed_settled(*, days: Days, report: Callable[[str], object]) -> None:
    """Settle the class and give proofs, once."""
    of = TrainingClass.objects.get(code=SETTLED.code)
    if Settlement.objects.filter(training_class=of).exists():
        return
    _settle(of, SETTLED, days)
    proved = _prove(places_of(SETTLED), days)
    report(f"  a settled class with {proved} proofs of hours")


def _settle(of: TrainingClass, held: Held, days: Days) -> None:
    head = acting(held.head_teacher, Role.HEAD_TEACHER)
    second = acting("lingnan", Role.INSTITUTION_ADMINISTRATOR)
    clock = HandClock(days.ago(3, 10))
    found = propose(head, of.pk, by=Actor(head.account_id, head.role), clock=clock)
    clock.at = days.ago(2, 11)
    said = Review(found.ordinal, confirms=True, text="")
    review(second, of.pk, said, by=Actor(second.account_id, second.role), clock=clock)


def _prove(places: Sequence[Enrolment], days: Days) -> int:
    viewer = acting("lingnan", Role.INSTITUTION_ADMINISTRATOR)
    by, given = Actor(viewer.account_id, viewer.role), []
    for place in places[:_PROOFS]:
        try:
            given.append((place, give_proof(viewer, place, by=by, now=days.ago(1, 10))))
        except NothingToProve:
            continue
    if given:
        place, proof = given[0]
        withdraw_proof(viewer, place, Withdrawal(proof.code, _WRONG_NAME), by=by, now=days.ago(1, 16))
    return len(given)
