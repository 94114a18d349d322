"""Enrolled faces that staff hold against the identity document (登记核对), for those who answer for the class. Clauses T3.1, M2, M6."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiangxue.accounts.queries.requests import last_corrected
from jiangxue.audit.queries import has_done
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import (
    Class,
    Place,
    answers_for,
    class_for,
    ever_enrolled_since,
    learners_ever_in,
    learners_of_class,
    places_in,
    reach_of,
    restricted_in,
)
from jiangxue.facecheck.queries.documents import (
    Enrolled,
    PictureOfFace,
    found_different,
    pictures_to_compare,
    waiting_enrolments,
)
from jiangxue.facecheck.queries.pictures import picture_bytes
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchReview
from jiangxue.learning.models import Check, StudySession, Verdict
from jiangxue.learning.queries.face_pictures import SHOWN
from jiangxue.learning.rules.checks import CheckKind, CheckOutcome
from jiangxue.learning.rules.verdicts import VerdictKind
from jiangxue.policies.queries import time_policy_for

COMPARERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class WaitingFace:
    """A learner's place in a class, and their enrolment that waits to be compared."""

    place: Place
    enrolled: Enrolled


def checks_faces(training_class: Class, now: datetime) -> bool:
    """Say whether faces are checked in a class by the rules of now."""
    return bool(time_policy_for(reach_of(training_class), now).policy.face_checks)


def waiting_faces(viewer: Viewer, class_id: int, now: datetime) -> list[WaitingFace]:
    """Return the enrolled faces of a class that wait to be compared, in order of time; raise `NotInClass` for whoever does not answer for it."""
    training_class = class_for(viewer, class_id)
    if not answers_for(viewer, training_class):
        raise NotInClass
    waiting = waiting_in(training_class, now)
    places = places_in(viewer, class_id, among=[each.account for each in waiting]) if waiting else {}
    return [WaitingFace(places[each.account], each) for each in waiting]


def waiting_in(training_class: Class, now: datetime) -> list[Enrolled]:
    """Return what waits in a class: of all who are in it while faces are checked there, and of all on whose face it relies."""
    waiting = waiting_enrolments(learners_ever_in(training_class.pk))
    if not waiting:
        return []
    concerned = set(learners_of_class(training_class.pk)) if checks_faces(training_class, now) else set()
    others = {each.account for each in waiting} - concerned
    if others:
        concerned |= relied_upon(training_class.pk, others)
    return [each for each in waiting if each.account in concerned]


@as_program()
def relied_upon(class_id: int, account_ids: Collection[int]) -> set[int]:
    """Return those of some accounts on whose face a class relies: its sessions asked for faces and they have passed a check anywhere, or a check that was passed has confirmed time of it.

    A pass may confirm no minute and still open the day, here or in another class: what is learned after it is confirmed by attention.
    """
    passed = Check.objects.filter(learner__in=account_ids, kind=CheckKind.FACE, outcome=CheckOutcome.PASSED)
    seen = set(passed.values_list("learner", flat=True))
    if not seen:
        return set()
    here = StudySession.objects.filter(enrolment__training_class=class_id, learner__in=seen, policy__face_checks=1)
    confirmed = Verdict.objects.filter(
        kind=VerdictKind.CONFIRMED, check_made__in=passed, segment__session__enrolment__training_class=class_id
    )
    return {*here.values_list("learner", flat=True), *confirmed.values_list("check_made__learner", flat=True)}


def undecided_enrolments(class_id: int) -> int:
    """Return how many enrolled faces nobody has compared on which a class relies, for the program itself."""
    waiting = {each.account for each in waiting_enrolments(learners_ever_in(class_id))}
    return len(relied_upon(class_id, waiting)) if waiting else 0


def never_compared(class_id: int) -> set[int]:
    """Return the accounts of those who asked for deletion before anybody had compared a face on which the class relies: nobody may look at it now, and nobody waits for them."""
    waiting = {each.account for each in waiting_enrolments(restricted_in(class_id))}
    return relied_upon(class_id, waiting) if waiting else set()


def not_the_learners(class_id: int) -> set[int]:
    """Return the accounts of those in a class of whose enrolled face staff have said that it is not the learner's, since they came into it: before, it could confirm nothing there."""
    since = ever_enrolled_since(class_id)
    return {word.account_id for word in found_different(since) if word.at >= since[word.account_id]}


def pictures_of(faces: Iterable[WaitingFace]) -> dict[UUID, PictureOfFace]:
    """Return the picture by which each face is compared, by enrolment."""
    return pictures_to_compare([each.enrolled for each in faces])


def has_looked(viewer: Viewer, face: WaitingFace) -> bool:
    """Say whether the viewer has had shown what there is of this enrolment to see now, beside the name and number that are registered now.

    Another picture comes in place of one that was withdrawn, and a corrected name in place of the one that was shown.
    """
    attempt = face.enrolled.attempt
    picture = pictures_of([face]).get(attempt)
    about = ("face_attempt", [attempt]) if picture is None else ("face_picture", [picture.id])
    return has_done(viewer.account_id, SHOWN, about, since=last_corrected(face.place.learner_id))


def enrolled_picture_for(viewer: Viewer, class_id: int, attempt: UUID, now: datetime) -> bytes:
    """Return the picture of an enrolment that waits and that the viewer has had shown, as JPEG, or raise `NoSuchReview`."""
    found = [each for each in waiting_faces(viewer, class_id, now) if each.enrolled.attempt == attempt]
    picture = pictures_of(found).get(attempt)
    if picture is None or not has_looked(viewer, found[0]):
        raise NoSuchReview
    return picture_bytes(picture.id, is_enrolled=picture.is_enrolled)
