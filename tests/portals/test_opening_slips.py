"""What is typed beyond all bounds, or sent too late, on the pages of applications to open a class: it is refused in words, and nothing is lost (clauses T7, C5)."""

from collections.abc import Iterator

import pytest
from django.test import Client

from jiangxue.enrolment.models import ClassOpening
from jiangxue.enrolment.queries.openings import last_handed_in
from jiangxue.enrolment.services.openings import take_back_opening
from jiangxue.kernel.clock import HandClock
from tests.factories import people
from tests.factories.openings import Office, actor, complete, listed, office_by, person, started, submitted
from tests.portals.clients import client_of
from tests.portals.test_openings import first_page
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T7", "C5")


@pytest.fixture
def of(worlds: Worlds, clock: HandClock) -> Iterator[Office]:
    with worlds.rolled_back(office_by, clock) as made:
        yield made


@pytest.mark.parametrize("day", ["9999-12-31", "1999-12-31"])
def test_a_day_beyond_all_reckoning_is_refused_at_the_field(of: Office, clock: HandClock, day: str) -> None:
    typed = first_page(of, clock, opens_on=day, closes_on=day)
    response = client_of(of.head_teacher).post("/institution/openings/new/", typed)
    assert response.status_code == 400
    assert "请按 2026-12-01 的格式填写日期" in response.content.decode()
    assert not ClassOpening.objects.exists()


def test_the_code_of_a_region_is_written_in_digits_of_one_kind(of: Office, clock: HandClock) -> None:
    opening = started(of, clock.now())
    typed = {"name": "王建国", "id_type": "resident", "id_number": people.id_number(500_077), "domicile": "44０1０6"}
    response = client_of(of.head_teacher).post(f"/institution/openings/{opening.pk}/roster/", typed)
    page = response.content.decode()
    assert response.status_code == 400
    assert "44０1０6" in page
    assert not opening.roster.exists()


def test_a_decision_that_comes_too_late_keeps_what_was_typed(of: Office, clock: HandClock) -> None:
    opening = complete(of, clock.now())
    submitted(of, opening, clock.now())
    seen = last_handed_in(opening.pk)
    assert seen is not None
    by = people.viewer(of.administrator)
    take_back_opening(viewer=by, opening_id=opening.pk, by=actor(of.administrator), now=clock.now())
    listed(of, opening, person(9), now=clock.now())
    submitted(of, opening, clock.now())
    said = {"sha256": seen.sha256, "decision": "approve", "approval_no": "穗培〔2026〕1号", "words": "场地已看过"}
    supervisor: Client = client_of(of.supervisor)
    response = supervisor.post(f"/region/openings/{opening.pk}/decide/", said)
    page = response.content.decode()
    now_shown = last_handed_in(opening.pk)
    assert response.status_code == 409
    assert now_shown is not None
    assert f'value="{now_shown.sha256}"' in page
    assert 'value="穗培〔2026〕1号"' in page
    assert "场地已看过" in page
