"""Pages of institutions, supervisors and administrators show each viewer their own, and nothing else (clauses M3, C5)."""

import pytest

from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Lease
from jiangxue.learning.services.sealing import seal_open
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched
from tests.portals.clients import client_of, supervisor


@pytest.fixture
def elsewhere(room: Classroom, clock: HandClock) -> Classroom:
    """Return a second institution, in another city."""
    return classroom(clock.now(), region="440305")


@pytest.mark.clause("M3")
def test_a_head_teacher_sees_the_own_class_and_not_that_of_others(room: Classroom, elsewhere: Classroom) -> None:
    client = client_of(room.head_teacher)
    assert f"/institution/classes/{room.training_class.pk}/" in client.get("/institution/classes/").content.decode()
    assert client.get(f"/institution/classes/{room.training_class.pk}/").status_code == 200
    assert client.get(f"/institution/classes/{elsewhere.training_class.pk}/").status_code == 404


@pytest.mark.clause("M2")
def test_the_roster_masks_names(room: Classroom) -> None:
    page = client_of(room.head_teacher).get(f"/institution/classes/{room.training_class.pk}/").content.decode()
    assert "李**" in page
    assert "李小明" not in page


@pytest.mark.parametrize(("wanted", "found"), [("小明", True), ("大明", False), ("%", False), ("\0", True)])
def test_the_roster_is_searched_by_name_and_the_search_stays_in_the_address(
    room: Classroom, wanted: str, *, found: bool
) -> None:
    client = client_of(room.head_teacher)
    page = client.get(f"/institution/classes/{room.training_class.pk}/", {"q": wanted})
    assert page.status_code == 200
    assert ("李**" in page.content.decode()) is found


def test_institutions_and_classes_are_searched_by_name(room: Classroom, clock: HandClock) -> None:
    teacher = client_of(room.head_teacher)
    assert room.training_class.name in teacher.get("/institution/classes/", {"q": "电工"}).content.decode()
    assert room.training_class.name not in teacher.get("/institution/classes/", {"q": "焊工"}).content.decode()
    official = supervisor("4401", clock)
    assert room.institution.name not in official.get("/region/", {"q": "没有这家"}).content.decode()


@pytest.mark.clause("C5")
def test_a_city_supervisor_sees_the_city_and_a_province_both(
    room: Classroom, elsewhere: Classroom, clock: HandClock
) -> None:
    city = supervisor("4401", clock).get("/region/").content.decode()
    assert room.institution.name in city
    assert elsewhere.institution.name not in city
    province = supervisor("44", clock).get("/region/").content.decode()
    assert room.institution.name in province
    assert elsewhere.institution.name in province


@pytest.mark.clause("M3")
def test_only_the_audit_administrator_reads_the_audit(room: Classroom, clock: HandClock) -> None:
    auditor = client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now()))
    page = auditor.get("/operator/audit/")
    assert page.status_code == 200
    assert "建立账号" in page.content.decode()
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.REVIEWER):
        other = client_of(people.account((role, None), now=clock.now()))
        assert other.get("/operator/audit/").status_code == 403


def test_the_system_administrator_sees_whether_the_parts_work(room: Classroom, clock: HandClock) -> None:
    system = client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))
    page = system.get("/operator/state/").content.decode()
    assert "没有进程报到" in page
    assert "全部一致" in page


@pytest.mark.clause("T1.3")
def test_the_system_administrator_is_shown_the_classes_in_which_judging_again_differed(
    room: Classroom, clock: HandClock
) -> None:
    session = opened(room, clock)
    watched(session, clock, 9)
    Lease.objects.filter(session=session).update(reached_ms=0)
    assert seal_open(clock=clock) == 1
    system = client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))
    page = system.get("/operator/state/").content.decode()
    assert f"{room.training_class.name}（1 处，最近 {learning_day(clock.now()).isoformat()}）" in page
    assert "需要处理" in page
    clock.advance(8 * 86_400_000)
    assert "全部一致" in system.get("/operator/state/").content.decode()


def test_somebody_without_any_role_is_told_so(db: None, clock: HandClock) -> None:
    lonely = people.account(now=clock.now())
    lonely.memberships.all().delete()
    assert client_of(lonely).get("/").status_code == 403
