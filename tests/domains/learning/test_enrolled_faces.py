"""An enrolled face that no picture of the source confirms is held against the identity document by somebody who answers for the class (clauses T3.1, M2, M6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiangxue.accounts.errors import ReasonMissing
from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.queries import looks_at
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.evidence import append_agreements
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.models import DocumentComparison, EnrolledPicture, FacePicture, FaceTemplate
from jiangxue.facecheck.queries.documents import last_comparison
from jiangxue.facecheck.queries.pictures import picture_of_last_pass
from jiangxue.facecheck.rules.documents import Comparison
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.services.documents import DocumentWord
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchReview, NotLooked, NotTheTurn, OwnTime
from jiangxue.learning.models import Check, DayTotal, StudySession
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.enrolled_faces import enrolled_picture_for, not_the_learners, waiting_faces
from jiangxue.learning.queries.periods import week_until
from jiangxue.learning.rules.anomalies import AnomalyKind
from jiangxue.learning.services.answering import show_check
from jiangxue.learning.services.enrolled_faces import Meant, compare_face, show_faces
from jiangxue.learning.services.facing import begin_face
from jiangxue.learning.services.recomputing import recompute
from tests.factories import people
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, MATCHES, compared, looked_at, says_of, waiting
from tests.factories.face_cases import actor, faces_checked, head, learning, second, shows
from tests.factories.facing import ENROLLED_PICTURE, PICTURE, enrolled
from tests.factories.policies import set_rule
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.1", "M6")
WHY = "核对"


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)


def passed(room: Classroom, clock: HandClock) -> None:
    """Learn for eight minutes that a face then confirms."""
    learning(room, clock)
    shows(room, clock, [AttemptOutcome.PASSED])


def told(room: Classroom, kind: str) -> list[dict[str, object]]:
    return [each["data"] for each in events_of(room.enrolment.aid) if each["kind"] == kind]


def word(viewer: Viewer, room: Classroom, clock: HandClock, said: DocumentWord = MATCHES) -> object:
    """Return what a word of somebody on the room's learner ends in."""
    meant = Meant(room.training_class.pk, FaceTemplate.objects.get().attempt_id)
    return refusal_of(lambda: compare_face(viewer, meant, said, by=actor(viewer), clock=clock))


def is_shut_out(act: Callable[[], object]) -> bool:
    try:
        return act() is NotInClass
    except NotInClass:
        return True


def test_a_face_that_no_picture_of_the_source_confirms_waits(room: Classroom, clock: HandClock) -> None:
    (face,) = waiting(head(room), room, clock)
    assert (face.place.learner_id, face.enrolled.is_stored) == (room.learner.pk, True)


def test_one_that_the_source_confirmed_needs_nobody(db: None, clock: HandClock) -> None:
    room = classroom(clock.now())
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1)
    enrolled(room.learner, clock.now(), source_permille=512)
    assert not waiting(head(room), room, clock)


def test_one_person_is_enough_to_say_that_it_matches(room: Classroom, clock: HandClock) -> None:
    compared(head(room), room, clock)
    assert not waiting(head(room), room, clock)
    said = DocumentComparison.objects.get()
    assert (said.outcome, said.how, said.by_id, said.role) == ("matches", "video", room.head_teacher.pk, "head_teacher")
    assert FaceTemplate.objects.exists()
    assert AuditEntry.objects.get(action="face.matches").object_id == str(room.learner.pk)


def test_an_administrator_of_the_institution_may_say_it_too(room: Classroom, clock: HandClock) -> None:
    compared(second(room, clock), room, clock)
    assert DocumentComparison.objects.get().role == "institution_administrator"


def test_whoever_enrols_anew_waits_anew(room: Classroom, clock: HandClock) -> None:
    compared(head(room), room, clock)
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    clock.advance(60_000)
    enrolled(room.learner, clock.now())
    assert len(waiting(head(room), room, clock)) == 1
    assert last_comparison(room.learner.pk) is None


def test_nobody_says_anything_of_a_face_without_having_had_it_shown(room: Classroom, clock: HandClock) -> None:
    assert word(head(room), room, clock) is NotLooked
    looked_at(second(room, clock), room, clock)
    assert word(head(room), room, clock) is NotLooked
    assert not DocumentComparison.objects.exists()


def test_nobody_says_it_of_themselves(room: Classroom, clock: HandClock) -> None:
    as_learner = Viewer(room.learner.pk, Role.INSTITUTION_ADMINISTRATOR, room.institution.pk)
    looked_at(as_learner, room, clock)
    assert word(as_learner, room, clock) is OwnTime
    assert not AuditEntry.objects.filter(action="face.pictures_shown").exists()


def test_others_neither_see_the_list_nor_say_anything(room: Classroom, clock: HandClock) -> None:
    colleague = people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=colleague)
    teacher = Viewer(room.head_teacher.pk, Role.TEACHER, room.institution.pk)
    supervisor = Viewer(1, Role.SUPERVISOR, region="4401")
    elsewhere = head(classroom(clock.now()))
    for viewer in (teacher, supervisor, room.viewer, elsewhere, people.viewer(colleague)):
        assert is_shut_out(lambda viewer=viewer: waiting(viewer, room, clock)), viewer
        assert is_shut_out(lambda viewer=viewer: word(viewer, room, clock)), viewer


def test_every_look_is_on_record_first_and_the_learner_can_read_it(room: Classroom, clock: HandClock) -> None:
    faces = waiting(head(room), room, clock)
    show = show_faces(head(room), faces, WHY, by=actor(head(room)), now=clock.now())
    assert [person.name for person in show.values()] == [room.learner.name]
    kinds = AuditEntry.objects.filter(reason=WHY).values_list("action", "object_kind")
    assert sorted(kinds) == [
        ("face.pictures_shown", "account"),
        ("face.pictures_shown", "face_picture"),
        ("identity.revealed", "account"),
    ]
    assert {look.reason for look in looks_at(room.learner.pk, [])} == {WHY}


def test_nothing_is_shown_without_a_reason(room: Classroom, clock: HandClock) -> None:
    faces = waiting(head(room), room, clock)
    act: Callable[[], object] = lambda: show_faces(head(room), faces, " ", by=PROGRAM, now=clock.now())  # noqa: E731
    assert refusal_of(act) is ReasonMissing
    assert not AuditEntry.objects.filter(action="identity.revealed").exists()


def test_the_picture_is_sent_to_who_has_given_a_reason_while_the_face_waits(room: Classroom, clock: HandClock) -> None:
    template, class_id = FaceTemplate.objects.get(), room.training_class.pk

    def picture(viewer: Viewer) -> bytes:
        return enrolled_picture_for(viewer, class_id, template.attempt_id, clock.now())

    assert refusal_of(lambda: picture(head(room))) is NoSuchReview
    looked_at(head(room), room, clock)
    assert picture(head(room)) == ENROLLED_PICTURE
    assert refusal_of(lambda: picture(second(room, clock))) is NoSuchReview
    compared(head(room), room, clock)
    assert refusal_of(lambda: picture(head(room))) is NoSuchReview


def test_it_is_sealed_into_each_open_archive_with_the_hash_of_what_was_shown(room: Classroom, clock: HandClock) -> None:
    template = FaceTemplate.objects.get()
    beside = classroom(clock.now(), region="440305")
    already = enrol(class_id=beside.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    compared(head(room), room, clock)
    (said,) = told(room, "face.compared")
    assert said == {
        "attempt": template.attempt_id.hex,
        "enrolled_at_ms": to_ms(template.enrolled_at),
        "outcome": "matches",
        "how": "video",
        "pictures": [template.pictures.get().digest],
        "by": room.head_teacher.pk,
        "role": "head_teacher",
        "text": "",
    }
    other = classroom(clock.now(), region="440305")
    place = enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    append_agreements([place], now=clock.now())
    for aid in (already.aid, place.aid):
        assert [each["data"] for each in events_of(aid) if each["kind"] == "face.compared"] == [said]


def test_a_face_that_is_not_the_learners_goes_and_nothing_else(room: Classroom, clock: HandClock) -> None:
    passed(room, clock)
    before = DayTotal.objects.values().get()
    compared(head(room), room, clock, DIFFERS)
    assert not FaceTemplate.objects.exists()
    assert [said["because"] for said in told(room, "face.forgotten")] == ["not_theirs"]
    assert [said["outcome"] for said in told(room, "face.compared")] == ["differs"]
    assert DayTotal.objects.values().get() == before
    assert has_agreed(room.learner.pk, Purpose.FACE)
    assert not recompute(room.training_class.pk).differences


def test_an_open_face_check_is_then_for_people(room: Classroom, clock: HandClock) -> None:
    learning(room, clock)
    shown = show_check(room.viewer, clock=clock, chance=lambda: 0.5)
    assert shown is not None
    begin_face(room.viewer, shown.check, device="电脑 · Chrome", address=None, clock=clock)
    compared(head(room), room, clock, DIFFERS)
    check = Check.objects.get(pk=shown.check)
    assert (check.outcome, check.voided_ms) == ("unclear", 0)
    assert StudySession.objects.get().closed_at is not None
    assert not recompute(room.training_class.pk).differences


def test_the_learner_may_enrol_again_although_another_face_passed_before(room: Classroom, clock: HandClock) -> None:
    """Else the stand-in's picture would keep the learner out: whoever enrols anew is compared with the last check that was passed."""
    passed(room, clock)
    assert picture_of_last_pass(room.learner.pk) == PICTURE
    compared(head(room), room, clock, DIFFERS)
    assert picture_of_last_pass(room.learner.pk) is None


def test_what_a_confirmed_face_has_passed_is_compared_again_after_a_wrong_one(
    room: Classroom, clock: HandClock
) -> None:
    """Else one wrong enrolment would let anybody enrol in the place of whom all checks before have shown."""
    passed(room, clock)
    compared(head(room), room, clock)
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    clock.advance(60_000)
    enrolled(room.learner, clock.now())
    clock.advance(60_000)
    compared(head(room), room, clock, DIFFERS)
    assert picture_of_last_pass(room.learner.pk) == PICTURE


def test_nobody_says_anything_of_a_picture_that_came_in_place_of_the_one_they_saw(
    room: Classroom, clock: HandClock
) -> None:
    passed(room, clock)
    looked_at(head(room), room, clock)
    (face,) = waiting(head(room), room, clock)
    forget_face(room.learner.pk, by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: says_of(head(room), room, face, clock)) is NotLooked
    compared(head(room), room, clock)
    of_check = FacePicture.objects.filter(attempt__purpose="check", ordinal=1)
    assert told(room, "face.compared")[-1]["pictures"] == [of_check.earliest("attempt__issued_at").digest]


def test_it_stands_among_what_is_worth_a_look_and_beside_the_settlement(room: Classroom, clock: HandClock) -> None:
    week = week_until(clock.now().date())
    compared(head(room), room, clock, DIFFERS)
    found = anomalies(head(room), room.training_class.pk, week, clock.now())
    assert [(each.kind, each.learners) for each in found] == [
        (AnomalyKind.ENROLMENT_NOT_THE_LEARNER, (room.learner.pk,))
    ]
    assert not_the_learners(room.training_class.pk) == {room.learner.pk}


def test_a_face_of_which_no_picture_was_kept_matches_nothing(room: Classroom, clock: HandClock) -> None:
    EnrolledPicture.objects.all().delete()
    looked_at(head(room), room, clock)
    assert word(head(room), room, clock) is NotLooked
    assert word(head(room), room, clock, DIFFERS) is None


def test_a_class_that_checks_no_faces_sees_those_alone_by_which_its_time_was_confirmed(
    room: Classroom, clock: HandClock
) -> None:
    other = classroom(clock.now())
    enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    assert not waiting_faces(head(other), other.training_class.pk, clock.now())
    passed(room, clock)
    set_rule(room, clock.now(), face_checks=0)
    assert len(waiting(head(room), room, clock)) == 1


def test_whoever_has_asked_for_deletion_is_shown_to_nobody_here(room: Classroom, clock: HandClock) -> None:
    room.learner.restricted_at = clock.now()
    room.learner.save(update_fields=["restricted_at"])
    assert not waiting(head(room), room, clock)


def test_what_was_said_of_one_enrolment_is_not_said_again(room: Classroom, clock: HandClock) -> None:
    looked_at(second(room, clock), room, clock)
    compared(head(room), room, clock)
    assert word(second(room, clock), room, clock, DIFFERS) is NotTheTurn
    assert DocumentComparison.objects.get().outcome == Comparison.MATCHES
