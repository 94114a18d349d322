"""The page of an application whose class the worker opens: how far it is, and what is said when it stands still (clauses T7, C5; decision 0035)."""

import re

import pytest
from django.test import Client

from jiangxue.enrolment.jobs import open_applied_class
from jiangxue.enrolment.models import ClassOpening, OpeningRun
from jiangxue.enrolment.rules.openings import OpeningState, Stop
from jiangxue.enrolment.services import opening_runs, openings
from jiangxue.kernel.clock import HandClock
from tests.factories.openings import Office, approved, complete, office, person, submitted
from tests.portals.clients import client_of, main_in, main_of, supervisor


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "AT_ONCE", 2)
    monkeypatch.setattr(opening_runs, "AT_ONCE", 2)


@pytest.fixture
def of(db: None, clock: HandClock) -> Office:
    return office(clock.now())


@pytest.fixture
def administrator(of: Office) -> Client:
    return client_of(of.administrator)


@pytest.fixture
def opening(of: Office, clock: HandClock) -> ClassOpening:
    """Return an approved application with five people."""
    found = complete(of, clock.now(), *(person(serial) for serial in range(5)))
    submitted(of, found, clock.now())
    return approved(of, found, clock.now())


def address(opening: ClassOpening, step: str = "") -> str:
    return f"/institution/openings/{opening.pk}/{step}"


def asked(client: Client, opening: ClassOpening) -> str:
    return main_in(client.post(address(opening, "open/"), follow=True).content.decode())


@pytest.mark.clause("T7", "C5")
def test_who_asks_sees_how_far_it_is_and_then_the_class(administrator: Client, opening: ClassOpening) -> None:
    page = asked(administrator, opening)
    assert "正在开班" in page
    assert "0 / 5" in page
    assert 'data-island="refreshing"' in page
    assert "正在开班" in asked(administrator, opening)
    open_applied_class(opening_id=opening.pk)
    opening.refresh_from_db()
    board = administrator.get(address(opening, "state/")).content.decode()
    assert f"/institution/classes/{opening.training_class_id}/" in board
    shown = main_of(administrator, address(opening))
    assert 'data-island="refreshing"' not in shown
    assert shown.count("查看班级") == 1


def test_half_way_it_says_how_many_are_in(administrator: Client, opening: ClassOpening) -> None:
    asked(administrator, opening)
    OpeningRun.objects.update(done=3)
    board = administrator.get(address(opening, "state/")).content.decode()
    assert re.search(r'max="5" value="3"', board)


def test_what_stands_still_is_said_and_goes_on_by_one_button(administrator: Client, opening: ClassOpening) -> None:
    asked(administrator, opening)
    OpeningRun.objects.update(stop=Stop.LOST, attempts=5)
    page = main_of(administrator, address(opening))
    assert "开班暂时停住了" in page
    assert address(opening, "open/") in page
    asked(administrator, opening)
    open_applied_class(opening_id=opening.pk)
    opening.refresh_from_db()
    assert opening.state == OpeningState.OPENED


def test_what_was_in_the_way_stands_on_the_page(administrator: Client, opening: ClassOpening) -> None:
    asked(administrator, opening)
    assert opening.version is not None
    opening.version.taken_down_at = opening.created_at
    opening.version.save(update_fields=["taken_down_at"])
    open_applied_class(opening_id=opening.pk)
    page = main_of(administrator, address(opening))
    assert "没有开班：再次检查时发现有需要处理的内容" in page
    assert "未开班" in page


def test_who_was_left_out_is_named_masked(administrator: Client, opening: ClassOpening) -> None:
    asked(administrator, opening)
    open_applied_class(opening_id=opening.pk)
    first, second = opening.roster.order_by("pk")[:2]
    OpeningRun.objects.update(left_out=[first.pk], unreachable=[second.pk])
    page = main_of(administrator, address(opening))
    assert "有 1 人没有登记进班级" in page
    assert "有 1 人已登记进班级，但手机号已属于他人" in page
    assert first.name not in page


def test_another_institution_and_other_roles_see_and_move_nothing(
    administrator: Client, opening: ClassOpening, clock: HandClock
) -> None:
    other = client_of(office(clock.now()).administrator)
    assert other.get(address(opening, "state/")).status_code == 404
    assert other.post(address(opening, "open/")).status_code == 404
    authority = supervisor("4401", clock)
    assert authority.get(address(opening, "state/")).status_code == 403
    opening.refresh_from_db()
    assert opening.state == OpeningState.APPROVED
    asked(administrator, opening)
    assert "正在开班" in main_of(authority, f"/region/openings/{opening.pk}/")
