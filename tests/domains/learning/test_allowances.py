"""What staff arrange for the face checks of a learner who cannot do all that is asked: who may, what follows, and that it leaves traces (clauses T3.2, M6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiangxue.accounts.errors import ReasonMissing
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.enrolment.evidence import append_agreements
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import place_for
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.errors import AllowanceStands
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.queries.allowances import allowance_of, arranged_for
from jiangxue.facecheck.rules.allowances import Allowance
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import Purpose
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.allowances import Wish
from jiangxue.facecheck.services.tickets import Wanted, give_ticket
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NotYours, OwnTime
from jiangxue.learning.services.allowances import arrange
from jiangxue.learning.services.answering import show_check
from jiangxue.learning.services.facing import begin_face
from tests.factories import people
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import second
from tests.factories.facing import agrees, enrolled
from tests.factories.learning import opened
from tests.factories.policies import set_rule
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.2", "M6")
NO_COLOURS, MORE_TIME, BOTH = Allowance(without_flash=True), Allowance(more_time=True), Allowance(True, True)
WHY = "本人说明，看过医院证明"


@pytest.fixture
def arranges(room: Classroom, clock: HandClock) -> Callable[..., None]:
    """Return what lets somebody arrange something for the room's learner, the head teacher if nobody else is named."""

    def arranged(wanted: Allowance, viewer: Viewer | None = None, *, why: str = WHY) -> None:
        by = viewer or people.viewer(room.head_teacher)
        place = place_for(by, room.training_class.pk, room.enrolment.pk)
        after = len(arranged_for(room.learner.pk))
        arrange(by, place, Wish(wanted, why, after), by=Actor(by.account_id, by.role.value), now=clock.now())

    return arranged


def arranged_in(room: Classroom) -> list[tuple[bool, bool, str]]:
    found = [each["data"] for each in events_of(room.enrolment.aid) if each["kind"] == "face.arranged"]
    ordered = sorted(found, key=lambda data: data["ordinal"])
    return [(data["without_flash"], data["more_time"], data["text"]) for data in ordered]


def begun(room: Classroom, clock: HandClock) -> FaceAttempt:
    """Begin to enrol, and return the attempt."""
    agrees(room.learner, clock.now())
    ticket = give_ticket(Wanted(room.learner.pk, Purpose.ENROL, Form.ENROL, Thresholds()), now=clock.now())
    return FaceAttempt.objects.get(pk=ticket.attempt)


def test_the_next_attempt_carries_what_is_arranged(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    before = begun(room, clock)
    arranges(BOTH)
    after = begun(room, clock)
    assert (before.bound, after.bound) == ({}, {"without_flash": True})
    assert (before.thresholds["action_ms"], after.thresholds["action_ms"]) == (5_000, 10_000)
    assert after.expires_at - after.issued_at == timedelta(seconds=90)


def test_more_time_never_goes_beyond_the_check_itself(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1, face_expiry_ms=70_000)
    enrolled(room.learner, clock.now())
    arranges(MORE_TIME)
    opened(room, clock)
    found = show_check(room.viewer, clock=clock, chance=lambda: 0.5)
    assert found is not None
    begin = begin_face(room.viewer, found.check, device="电脑 · Chrome", address=None, clock=clock)
    assert begin.ticket.left_ms == 70_000


def test_it_is_taken_back_in_the_same_way_and_everything_stays_in_the_archive(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    arranges(NO_COLOURS)
    arranges(Allowance(), second(room, clock), why="本人要求恢复")
    assert allowance_of(room.learner.pk) == Allowance()
    assert begun(room, clock).bound == {}
    assert arranged_in(room) == [(True, False, WHY), (False, False, "本人要求恢复")]


def test_who_arranged_it_and_why_stands_in_the_audit(room: Classroom, arranges: Callable[..., None]) -> None:
    arranges(NO_COLOURS)
    entry = AuditEntry.objects.get(action="face.arranged")
    assert (entry.actor_id, entry.reason) == (room.head_teacher.pk, WHY)
    assert (entry.object_kind, entry.object_id) == ("account", str(room.learner.pk))


def test_an_archive_that_is_opened_later_is_told_what_holds(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    arranges(NO_COLOURS)
    other = classroom(clock.now(), region="440305")
    place = enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    append_agreements([place], now=clock.now())
    (told,) = [each["data"] for each in events_of(place.aid) if each["kind"] == "face.arranged"]
    assert (told["without_flash"], told["by"], told["text"]) == (True, room.head_teacher.pk, "")


def test_the_archives_at_other_institutions_are_told_too(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    other = classroom(clock.now(), region="440305")
    place = enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    with people.looking(people.viewer(room.head_teacher)):
        arranges(NO_COLOURS)
    assert arranged_in(room) == [(True, False, WHY)]
    assert [each["data"]["text"] for each in events_of(place.aid) if each["kind"] == "face.arranged"] == [WHY]


def test_an_archive_that_is_opened_later_is_not_told_what_was_taken_back(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    arranges(NO_COLOURS)
    arranges(Allowance())
    other = classroom(clock.now(), region="440305")
    place = enrol(class_id=other.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    append_agreements([place], now=clock.now())
    assert not [each for each in events_of(place.aid) if each["kind"] == "face.arranged"]


def test_nothing_is_recorded_where_it_holds_already(room: Classroom, arranges: Callable[..., None]) -> None:
    assert refusal_of(lambda: arranges(Allowance())) is AllowanceStands
    arranges(MORE_TIME)
    assert refusal_of(lambda: arranges(MORE_TIME)) is AllowanceStands
    assert len(arranged_in(room)) == 1


@pytest.mark.parametrize("why", ["", "  ", "……", "因" * 201])
def test_nothing_is_arranged_without_a_reason(room: Classroom, arranges: Callable[..., None], why: str) -> None:
    assert refusal_of(lambda: arranges(NO_COLOURS, why=why)) is ReasonMissing
    assert allowance_of(room.learner.pk) == Allowance()


def test_supervisors_and_teachers_arrange_nothing(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    for role in (Role.TEACHER, Role.SUPERVISOR):
        by = Viewer(room.head_teacher.pk, role, room.institution.pk, room.institution.region_id)
        assert refusal_of(lambda by=by: arranges(NO_COLOURS, by)) is NotYours
    assert not arranged_in(room)


def test_another_classs_head_teacher_arranges_nothing_here(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    teacher = people.account((Role.HEAD_TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    assert refusal_of(lambda: arranges(NO_COLOURS, people.viewer(teacher))) is NotYours


def test_nobody_arranges_anything_for_themselves(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    by = Viewer(room.learner.pk, Role.INSTITUTION_ADMINISTRATOR, room.institution.pk)
    assert refusal_of(lambda: arranges(NO_COLOURS, by)) is OwnTime


def test_a_class_that_the_learner_has_left_arranges_nothing(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    Enrolment.objects.filter(pk=room.enrolment.pk).update(left_at=clock.now())
    assert refusal_of(lambda: arranges(BOTH)) is NotYours


def test_nothing_is_arranged_for_whoever_has_asked_for_deletion(
    room: Classroom, clock: HandClock, arranges: Callable[..., None]
) -> None:
    room.learner.restricted_at = clock.now()
    room.learner.save(update_fields=["restricted_at"])
    assert refusal_of(lambda: arranges(NO_COLOURS)) is NotYours
