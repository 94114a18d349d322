"""A roster of which no class came is warned of, kept if it is needed, and erased. Clauses M2, T8.1; docs/rules/retention.md."""

from datetime import datetime, timedelta

import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.errors import NoSuchOpening, NotNow, NotTheirs
from jiangxue.enrolment.models import ClassOpening, OpeningStep, RosterEntry
from jiangxue.enrolment.services.openings import return_opening
from jiangxue.enrolment.services.roster_terms import forget_rosters, keep_roster
from jiangxue.notices.models import Notice
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.openings import Office, actor, approved, complete, listed, office, opened, person, submitted
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("M2", "T8.1")


@pytest.fixture
def of(db: None) -> Office:
    return office(MORNING)


def after(days: int) -> datetime:
    return MORNING + timedelta(days=days)


def kept(of: Office, opening: ClassOpening, now: datetime, by: str = "head_teacher") -> None:
    account = getattr(of, by)
    keep_roster(viewer=people.viewer(account), opening_id=opening.pk, by=actor(account), now=now)


def test_it_is_erased_after_ninety_days_and_the_application_stays(of: Office) -> None:
    opening = complete(of, MORNING)
    assert forget_rosters(after(89)) == 0
    assert forget_rosters(after(90)) == 1
    assert not RosterEntry.objects.exists()
    assert ClassOpening.objects.get(pk=opening.pk).state == "draft"
    assert OpeningStep.objects.filter(opening=opening).exists()
    entry = AuditEntry.objects.get(action="roster.expired")
    assert (entry.object_id, entry.actor_id) == (str(opening.pk), None)
    assert forget_rosters(after(91)) == 0


def test_head_teacher_and_administrators_are_warned_once_for_fourteen_days(of: Office) -> None:
    complete(of, MORNING)
    forget_rosters(after(75))
    assert not Notice.objects.filter(kind="roster.ending").exists()
    for day in (76, 77, 89):
        forget_rosters(after(day))
    told = Notice.objects.filter(kind="roster.ending")
    assert set(told.values_list("account_id", flat=True)) == {of.head_teacher.pk, of.administrator.pk}
    assert told.count() == 2
    forget_rosters(after(90))
    assert not Notice.objects.filter(kind="roster.ending", read_at=None).exists()
    assert Notice.objects.filter(kind="roster.erased").count() == 2


def test_whoever_needs_it_keeps_it_for_another_ninety_days(of: Office) -> None:
    opening = complete(of, MORNING)
    with pytest.raises(NotNow):
        kept(of, opening, after(10))
    kept(of, opening, after(80))
    assert forget_rosters(after(169)) == 0
    assert Notice.objects.filter(kind="roster.ending").count() == 2
    assert forget_rosters(after(170)) == 1
    with pytest.raises(NotNow):
        kept(of, opening, after(170))


def test_somebody_who_is_added_begins_the_days_again(of: Office) -> None:
    opening = complete(of, MORNING)
    listed(of, opening, person(9), now=after(60))
    assert forget_rosters(after(149)) == 0
    assert forget_rosters(after(150)) == 1


def test_a_returned_application_counts_from_its_return(of: Office) -> None:
    opening = complete(of, MORNING)
    submitted(of, opening, MORNING)
    return_opening(
        viewer=people.viewer(of.supervisor),
        opening_id=opening.pk,
        seen_sha256=opening.steps.get(kind="submitted").sha256,
        words="请补充场地",
        by=actor(of.supervisor),
        now=after(5),
    )
    assert forget_rosters(after(94)) == 0
    assert forget_rosters(after(95)) == 1


def test_what_was_approved_and_never_opened_goes_too_and_what_became_a_class_stays(of: Office) -> None:
    opening = complete(of, MORNING)
    submitted(of, opening, MORNING)
    approved(of, opening, MORNING)
    class_of = opened(office(MORNING), MORNING, person(11), person(12))
    assert forget_rosters(after(90)) == 1
    assert RosterEntry.objects.filter(opening__training_class=class_of).count() == 2
    assert not RosterEntry.objects.filter(opening=opening).exists()


def test_nobody_else_keeps_it(of: Office) -> None:
    opening = complete(of, MORNING)
    other = office(MORNING)
    with pytest.raises(NotTheirs):
        kept(of, opening, after(80), by="supervisor")
    with pytest.raises(NoSuchOpening):
        keep_roster(
            viewer=people.viewer(other.administrator),
            opening_id=opening.pk,
            by=actor(other.administrator),
            now=after(80),
        )


def test_the_pages_say_so_and_keep_it_with_one_button(of: Office, clock) -> None:
    opening = complete(of, clock.now())
    address = f"/institution/openings/{opening.pk}/"
    assert "将被删除" not in main_of(client_of(of.administrator), address)
    clock.advance(80 * 86_400_000)
    desk = client_of(of.administrator)
    for each in (address, f"{address}roster/"):
        assert "将被删除" in main_of(desk, each)
    page = desk.post(f"{address}roster/keep/", follow=True).content.decode()
    assert "名册再保留 90 天" in page
    assert "将被删除" not in main_of(desk, address)
    assert "刚才的操作没有进行" in desk.post(f"{address}roster/keep/", follow=True).content.decode()
