"""People are told what they wait for when it happens, and what waits no more is taken from them. Clause C5."""

from datetime import timedelta

import pytest

from jiangxue.accounts.models import Account, Consent
from jiangxue.accounts.queries.recipients import administrators, supervisors_over
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.services.deletion import ask_for_deletion, withdraw_deletion_request
from jiangxue.accounts.services.erasing import erase_account
from jiangxue.accounts.services.telling import tell_of_renewed_consents
from jiangxue.archive.services.telling import tell_of_classes_over
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.services.counting import tell_of_number
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.recomputations import ask_for_recomputation, perform_recomputation
from jiangxue.learning.services.telling import tell_of_waiting
from jiangxue.ledger.models import Alarm
from jiangxue.notices.models import Notice
from jiangxue.operations.services.alarms import tell_of_alarms
from jiangxue.organisations.models import Organisation, Region
from jiangxue.review.rules.opinions import Answer, Opinion, Point, Verdict
from tests.factories import people
from tests.factories.appeals import LEAVE, administrator, appealed, proposed, reviewed
from tests.factories.classes import Classroom, classroom
from tests.factories.courses import Desk, desk, signed, submitted
from tests.factories.enrolled_faces import DIFFERS, compared
from tests.factories.face_cases import faces_checked, head, says, unclear
from tests.factories.facing import enrolled
from tests.factories.learning import opened, watched
from tests.factories.lives import Life, life

pytestmark = pytest.mark.clause("C5")


def unread(who: Account) -> list[str]:
    found = Notice.objects.filter(account_id=who.pk, read_at=None).order_by("at", "pk")
    return list(found.values_list("kind", flat=True))


def supervisor(region: str, clock: HandClock) -> Account:
    Region.objects.get_or_create(code=region, defaults={"name": f"地区 {region}"})
    authority = Organisation.objects.create(kind=Organisation.Kind.AUTHORITY, name=f"人社局 {region}", region_id=region)
    return people.account((Role.SUPERVISOR, authority.pk), now=clock.now())


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000)


@pytest.fixture
def second(room: Classroom, clock: HandClock) -> Account:
    return administrator(room, clock)


def test_an_appeal_goes_from_head_teacher_to_second_person_to_learner(
    room: Classroom, second: Account, clock: HandClock
) -> None:
    appeal = appealed(room, clock)
    notice = Notice.objects.get(account_id=room.head_teacher.pk)
    assert (notice.kind, notice.params["due_on"]) == ("appeal.opened", appeal.due_on.isoformat())
    proposed(room, clock, appeal.pk, None)
    assert (unread(room.head_teacher), unread(second)) == ([], ["appeal.proposed"])
    reviewed(people.viewer(second), clock, appeal.pk, approves=False)
    assert (unread(room.head_teacher), unread(second)) == (["appeal.sent_back"], [])
    proposed(room, clock, appeal.pk, 60_000, after=2)
    reviewed(people.viewer(second), clock, appeal.pk, after=3)
    assert (unread(room.head_teacher), unread(second), unread(room.learner)) == ([], [], ["appeal.decided"])


def test_a_message_tells_no_text_of_an_appeal_and_nobody_s_name(room: Classroom, clock: HandClock) -> None:
    appeal = appealed(room, clock)
    said = str(list(Notice.objects.values_list("params", flat=True)))
    assert appeal.text not in said
    assert room.learner.name not in said


@pytest.mark.clause("T3.1")
def test_an_unclear_face_check_goes_to_head_teacher_second_person_learner_and_supervisors(
    room: Classroom, second: Account, clock: HandClock
) -> None:
    watching = supervisor(room.institution.region_id[:2], clock)
    check = unclear(faces_checked(room, clock), clock)
    assert unread(room.head_teacher) == ["face_case.opened"]
    says(head(room), check, ReviewStep.DOUBTED, clock)
    assert (unread(room.head_teacher), unread(second)) == ([], ["face_case.doubted"])
    says(people.viewer(second), check, ReviewStep.SENT_BACK, clock, after=1)
    assert (unread(room.head_teacher), unread(second)) == (["face_case.sent_back"], [])
    says(head(room), check, ReviewStep.DOUBTED, clock, after=2)
    says(people.viewer(second), check, ReviewStep.APPROVED, clock, after=3)
    assert unread(room.learner) == ["face_check.not_confirmed"]
    assert unread(watching) == ["face_case.not_confirmed"]
    assert (unread(room.head_teacher), unread(second)) == ([], [])


@pytest.mark.clause("T3.1")
def test_who_is_confirmed_at_a_face_check_is_told_and_supervisors_are_not(
    room: Classroom, second: Account, clock: HandClock
) -> None:
    check = unclear(faces_checked(room, clock), clock)
    says(head(room), check, ReviewStep.CONFIRMED, clock)
    assert unread(room.learner) == ["face_check.confirmed"]
    assert not Notice.objects.filter(kind="face_case.not_confirmed").exists()


def test_who_is_said_to_be_another_in_the_enrolled_face_is_told(room: Classroom, clock: HandClock) -> None:
    faces_checked(room, clock)
    compared(head(room), room, clock, DIFFERS)
    assert unread(room.learner) == ["face.not_theirs"]


def test_faces_to_compare_are_told_of_once_a_day_while_new_ones_come(room: Classroom, clock: HandClock) -> None:
    faces_checked(room, clock)
    for _ in range(2):
        tell_of_waiting(clock.now())
    assert unread(room.head_teacher) == ["faces.waiting"]
    clock.advance(3 * 86_400_000)
    Notice.objects.update(read_at=clock.now())
    tell_of_waiting(clock.now())
    assert unread(room.head_teacher) == [], "nothing new has come"
    another = people.account(now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=another.pk, now=clock.now())
    enrolled(another, clock.now())
    tell_of_waiting(clock.now())
    assert unread(room.head_teacher) == ["faces.waiting"]


def test_faces_that_are_compared_are_told_of_no_more(room: Classroom, clock: HandClock) -> None:
    faces_checked(room, clock)
    tell_of_waiting(clock.now())
    compared(head(room), room, clock)
    tell_of_waiting(clock.now())
    assert unread(room.head_teacher) == []


def test_minutes_to_confirm_are_told_of_seven_days_before_the_end_and_once(db: None, clock: HandClock) -> None:
    today = clock.now().date()
    room = classroom(clock.now(), lesson_ms=3_600_000, term=(today, today + timedelta(days=8)))
    watched(opened(room, clock), clock, 4, flags=LEAVE)
    end_overdue(clock=clock)
    tell_of_waiting(clock.now())
    assert unread(room.learner) == [], "eight days are left"
    for _ in range(2):
        clock.advance(86_400_000)
        tell_of_waiting(clock.now())
    notice = Notice.objects.get(account_id=room.learner.pk)
    assert (notice.kind, notice.params["open_ms"] > 0) == ("class.ending", True)


def test_who_has_nothing_to_confirm_is_told_of_no_end(db: None, clock: HandClock) -> None:
    today = clock.now().date()
    classroom(clock.now(), term=(today, today + timedelta(days=3)))
    tell_of_waiting(clock.now())
    assert not Notice.objects.exists()


@pytest.mark.clause("T1.3")
def test_who_had_a_class_judged_again_is_told_that_it_is_done(room: Classroom, clock: HandClock) -> None:
    watching = supervisor(room.institution.region_id[:2], clock)
    for who in (room.head_teacher, watching):
        asked = ask_for_recomputation(people.viewer(who), room.training_class.pk, by=PROGRAM, now=clock.now())
        perform_recomputation(asked.pk, clock=clock)
    assert (unread(room.head_teacher), unread(watching)) == (["recomputation.done"], ["recomputation.watched"])


@pytest.fixture
def lived(db: None, clock: HandClock) -> Life:
    return life(clock)


def test_a_class_that_is_over_is_told_of_once_and_its_settlement_goes_round(lived: Life) -> None:
    head_teacher = lived.room.head_teacher
    tell_of_classes_over(lived.clock.now())
    assert unread(head_teacher) == []
    lived.room.training_class.refresh_from_db()
    lived.clock.at = lived.room.training_class.term.closes_at + timedelta(hours=1)
    for _ in range(2):
        tell_of_classes_over(lived.clock.now())
    assert unread(head_teacher) == ["class.to_settle"]
    lived.settle_now()
    assert (unread(head_teacher), unread(lived.second)) == ([], [])
    assert unread(lived.room.learner) == ["settlement.made"]
    assert Notice.objects.filter(account_id=lived.second.pk, kind="settlement.proposed").count() == 1
    Notice.objects.update(read_at=lived.clock.now())
    tell_of_classes_over(lived.clock.now())
    assert unread(head_teacher) == []


@pytest.fixture
def at(db: None, clock: HandClock) -> Desk:
    return desk(clock.now())


@pytest.mark.clause("T1.4")
def test_a_course_goes_from_its_own_reviewer_to_those_of_the_platform_and_back_to_its_editor(
    at: Desk, clock: HandClock
) -> None:
    own, other, third = at.reviewers
    version = submitted(at, clock.now())
    assert ([unread(each) for each in at.reviewers], unread(at.editor)) == ([["course.submitted"], [], []], [])
    signed(own, version, clock.now())
    assert [unread(each) for each in at.reviewers] == [[], ["course.to_review"], ["course.to_review"]]
    signed(other, version, clock.now())
    assert [unread(each) for each in at.reviewers] == [[], [], ["course.to_review"]]
    signed(third, version, clock.now())
    assert ([unread(each) for each in at.reviewers], unread(at.editor)) == ([[], [], []], ["course.published"])


@pytest.mark.parametrize(
    ("verdict", "kind"), [(Verdict.CHANGES, "course.returned"), (Verdict.REJECT, "course.rejected")]
)
def test_the_editor_is_told_what_came_back(at: Desk, clock: HandClock, verdict: Verdict, kind: str) -> None:
    opinion = Opinion(verdict, {**dict.fromkeys(Point, Answer.FINE)}, "第一课声音太小。")
    signed(at.reviewers[0], submitted(at, clock.now()), clock.now(), opinion)
    assert (unread(at.reviewers[0]), unread(at.editor)) == ([], [kind])


@pytest.mark.clause("M2")
def test_a_request_for_deletion_waits_until_it_is_taken_back(room: Classroom, clock: HandClock) -> None:
    keeper = people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now())
    ask_for_deletion(account_id=room.learner.pk, by=PROGRAM, now=clock.now())
    assert unread(keeper) == ["deletion.asked"]
    withdraw_deletion_request(account_id=room.learner.pk, by=PROGRAM, now=clock.now())
    assert unread(keeper) == []


@pytest.mark.clause("M2")
def test_messages_go_with_the_person_of_an_account(db: None, clock: HandClock) -> None:
    who = people.account(now=clock.now())
    Notice.objects.create(account_id=who.pk, kind="appeal.decided", at=clock.now())
    erase_account(who.pk, by=PROGRAM, now=clock.now())
    assert not Notice.objects.exists()


@pytest.mark.clause("M2")
def test_who_agreed_to_an_older_text_is_told_once_of_the_newer_one(db: None, clock: HandClock) -> None:
    older, newer, declined = (people.undecided(clock.now()) for _ in range(3))
    current = PURPOSES[Purpose.FACE].version
    said = {"purpose": "face", "text_sha256": "0" * 64, "way": "page", "at": clock.now()}
    Consent.objects.create(account=older, version=current - 1, is_given=True, **said)
    Consent.objects.create(account=newer, version=current, is_given=True, **said)
    Consent.objects.create(account=declined, version=current - 1, is_given=False, **said)
    tell_of_renewed_consents(clock.now())
    Notice.objects.filter(account_id=older.pk).update(read_at=clock.now())
    tell_of_renewed_consents(clock.now())
    assert list(Notice.objects.values_list("account_id", "kind")) == [(older.pk, "consent.renewed")]


@pytest.mark.clause("M2")
def test_administrators_are_told_once_for_each_number_of_stored_faces(room: Classroom, clock: HandClock) -> None:
    keeper = people.account((Role.SECURITY_ADMINISTRATOR, None), now=clock.now())
    auditor = people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now())
    enrolled(room.learner, clock.now())
    tell_of_number(clock.now(), warning_at=2, filing_at=3)
    assert unread(keeper) == []
    for filing_at in (2, 2, 1, 1):
        tell_of_number(clock.now(), warning_at=1, filing_at=filing_at)
    assert (sorted(unread(keeper)), unread(auditor)) == (["faces.filing_due", "faces.many"], [])


@pytest.mark.clause("T8.2")
def test_the_three_administrators_are_told_of_an_alarm_once(db: None, clock: HandClock) -> None:
    them = [
        people.account((role, None), now=clock.now()) for role in (Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
    ]
    tell_of_alarms(clock.now())
    assert not Notice.objects.exists()
    Alarm.objects.create(kind="audit.found", detail="entry.missing: 1", at_ms=1)
    tell_of_alarms(clock.now())
    Notice.objects.update(read_at=clock.now())
    tell_of_alarms(clock.now())
    assert [Notice.objects.filter(account_id=each.pk).count() for each in them] == [1, 1]


def test_nobody_is_told_whose_account_is_closed(db: None, clock: HandClock) -> None:
    who = people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now())
    assert administrators() == {who.pk}
    Account.objects.filter(pk=who.pk).update(is_active=False)
    assert administrators() == set()


def test_supervisors_of_a_region_are_its_own_and_those_of_wider_ones(db: None, clock: HandClock) -> None:
    held = {code: supervisor(code, clock).pk for code in ("44", "4401", "440103", "4403")}
    assert supervisors_over("440103") == {held["44"], held["4401"], held["440103"]}
    assert supervisors_over("4403") == {held["44"], held["4403"]}
    assert supervisors_over("") == set()
