"""A stand-in who registers for others and enrols their own face for each is seen by those who look after both, and an honest learner is not (clauses T3.2, M6)."""

from collections.abc import Callable

import pytest

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.models import AlikeFaces
from jiangxue.facecheck.services.comparing import compare_waiting
from tests.domains.facecheck.conftest import Showing, showing
from tests.factories.faces.live import Live
from tests.factories.faces.people import another

pytestmark = [pytest.mark.clause("T3.2"), pytest.mark.clause("M6")]


@pytest.fixture
def shower(committed_database: str) -> Callable[[], Showing]:
    return showing


def test_one_person_before_the_camera_for_two_accounts_is_found_and_another_person_is_not(
    shower: Callable[[], Showing],
) -> None:
    first, second, somebody_else = (shower() for _ in range(3))
    sitters = ((first, Live(seed=21)), (second, Live(seed=22)), (somebody_else, Live(seed=23, person=another(0))))
    assert [who.enrol(sitter).done["outcome"] for who, sitter in sitters] == ["passed"] * 3
    assert compare_waiting(clock=DatabaseClock()) == 3
    (alike,) = AlikeFaces.objects.all()
    assert {alike.one_id, alike.other_id} == {first.account.pk, second.account.pk}
