"""Telling people what they wait for: appeals, face checks and enrolled faces, in the transaction of what happened. Clauses M6, C5.

Whoever is told that something waits is told no more once it does not.
"""

from datetime import datetime, timedelta

from jiangxue.accounts.queries.recipients import holders_of, supervisors_over
from jiangxue.enrolment.queries import Class, places_of_class
from jiangxue.enrolment.queries.by_day import classes_closing_between, classes_open_on
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Appeal, AppealStep, Check, FaceReviewStep, Recomputation
from jiangxue.learning.queries.enrolled_faces import waiting_in
from jiangxue.learning.queries.provisional import provisional_in
from jiangxue.learning.queries.second_person import checkers_of, is_checked_outside
from jiangxue.learning.rules.appeals import StepKind, due_on
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.learning.rules.verdicts import length_ms
from jiangxue.notices.queries import untold
from jiangxue.notices.rules.fitness import Params
from jiangxue.notices.services import clear, tell

ENDING = timedelta(days=7)
DAY = timedelta(days=1)
_OF_APPEALS = ("appeal.opened", "appeal.proposed", "appeal.to_approve", "appeal.sent_back")
_OF_FACE_CASES = ("face_case.opened", "face_case.doubted", "face_case.sent_back")


def tell_of_appeal(appeal: Appeal, at: datetime) -> None:
    """Tell the head teacher that a learner has appealed, and until when a decision is due."""
    training_class = appeal.session.enrolment.training_class
    params = {"class_title": training_class.name, "due_on": appeal.due_on.isoformat()}
    about = ("appeal", appeal.pk)
    tell([training_class.head_teacher_id], kind="appeal.opened", about=about, params=params, at=at)


def tell_of_appeal_step(appeal: Appeal, step: AppealStep) -> None:
    """Tell who is to act next on an appeal, or its learner that it is decided."""
    training_class, about, at = appeal.session.enrolment.training_class, ("appeal", appeal.pk), step.at
    clear(_OF_APPEALS, about=about, at=at)
    params = {"class_title": training_class.name, "due_on": appeal.due_on.isoformat()}
    if step.kind == StepKind.APPROVED:
        day = {"day_on": appeal.day.isoformat()}
        tell([appeal.learner_id], kind="appeal.decided", about=about, params=day, at=at)
    elif step.kind == StepKind.PROPOSED:
        second = checkers_of(training_class, at) - {step.by_id, appeal.learner_id}
        kind = "appeal.to_approve" if is_checked_outside(training_class, at) else "appeal.proposed"
        tell(second, kind=kind, about=about, params=params, at=at)
    else:
        tell([training_class.head_teacher_id], kind="appeal.sent_back", about=about, params=params, at=at)


def tell_of_unclear(check: Check, at: datetime) -> None:
    """Tell the head teacher that a face check waits for a person, and until when."""
    training_class = check.session.enrolment.training_class
    params = {"class_title": training_class.name, "due_on": due_on(learning_day(at)).isoformat()}
    tell(
        [training_class.head_teacher_id], kind="face_case.opened", about=("face_check", check.pk), params=params, at=at
    )


def tell_of_word(check: Check, step: FaceReviewStep, due: datetime) -> None:
    """Tell who is to act next on a face check, or its learner how it was decided, and supervisors if it was not the learner.

    `due` is when the machine was done with it, from which the days of people count.
    """
    training_class, about, at = check.session.enrolment.training_class, ("face_check", check.pk), step.at
    clear(_OF_FACE_CASES, about=about, at=at)
    params = {"class_title": training_class.name, "due_on": due_on(learning_day(due)).isoformat()}
    match ReviewStep(step.kind):
        case ReviewStep.DOUBTED:
            second = _administrators(training_class) - {step.by_id, check.learner_id}
            tell(second, kind="face_case.doubted", about=about, params=params, at=at)
        case ReviewStep.SENT_BACK:
            head = [training_class.head_teacher_id]
            tell(head, kind="face_case.sent_back", about=about, params=params, at=at)
        case decided:
            _tell_decided(check, at, was_learner=decided is ReviewStep.CONFIRMED)


def _tell_decided(check: Check, at: datetime, *, was_learner: bool) -> None:
    about, day = ("face_check", check.pk), {"day_on": learning_day(check.asked_at).isoformat()}
    kind = "face_check.confirmed" if was_learner else "face_check.not_confirmed"
    tell([check.learner_id], kind=kind, about=about, params=day, at=at)
    if not was_learner:
        training_class = check.session.enrolment.training_class
        params = {"class_title": training_class.name}
        watching = supervisors_over(training_class.institution.region_id)
        tell(watching, kind="face_case.not_confirmed", about=about, params=params, at=at)


def tell_of_other_face(learner_id: int, at: datetime) -> None:
    """Tell a learner that the face enrolled for them was said not to be theirs, and is deleted."""
    tell([learner_id], kind="face.not_theirs", about=("account", learner_id), at=at)


def tell_of_recomputation(done: Recomputation) -> None:
    """Tell who had a class judged again that it is done: staff and supervisors, each on their own page of the class."""
    training_class = done.training_class
    region = training_class.institution.region_id
    kind = "recomputation.watched" if done.asked_by_id in supervisors_over(region) else "recomputation.done"
    assert done.finished_at is not None
    params = {"class_title": training_class.name}
    tell([done.asked_by_id], kind=kind, about=("class", training_class.pk), params=params, at=done.finished_at)


def tell_of_waiting(now: datetime) -> None:
    """Tell of what has come to wait in running classes: enrolled faces of the last day, and minutes to confirm where seven days are left.

    Called once a day.
    """
    today = learning_day(now)
    for training_class in classes_open_on(today):
        _tell_of_enrolled(training_class, now)
    for training_class in classes_closing_between(today, today + ENDING):
        _tell_of_ending(training_class, now)


def _tell_of_enrolled(training_class: Class, now: datetime) -> None:
    waiting, about = waiting_in(training_class, now), ("class", training_class.pk)
    if not waiting:
        clear(["faces.waiting"], about=about, at=now)
    elif any(now - each.at <= DAY for each in waiting):
        params: Params = {"class_title": training_class.name, "count": len(waiting)}
        tell([training_class.head_teacher_id], kind="faces.waiting", about=about, params=params, at=now)


def _tell_of_ending(training_class: Class, now: datetime) -> None:
    """Tell each learner with minutes to confirm once that the class ends; how many they are differs, so each is told apart."""
    about = ("class", training_class.pk)
    places = {place.pk: place for place in places_of_class(training_class.pk) if place.left_at is None}
    open_ms: dict[int, int] = {}
    for each in provisional_in(places):
        learner_id = each.segment.session.learner_id
        open_ms[learner_id] = open_ms.get(learner_id, 0) + length_ms(each.spans)
    for learner_id in untold(open_ms, "class.ending", about):
        params: Params = {
            "class_title": training_class.name,
            "closes_on": training_class.closes_on.isoformat(),
            "open_ms": open_ms[learner_id],
        }
        tell([learner_id], kind="class.ending", about=about, params=params, at=now)


def _administrators(training_class: Class) -> set[int]:
    return holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=training_class.institution_id)
