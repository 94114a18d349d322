"""The second net, row-level security, holds without the first (decision 0045); the walks of reading and of lists are made without the second."""

import pytest
from django.db import connection

from jiangxue.accounts import access
from jiangxue.djangokit.row_security import seen_by
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.scope import scope_of
from tests.walk.attack import STRANGERS, Stranger
from tests.walk.rows import all_rows
from tests.walk.test_reading import leaks_of
from tests.walk.world import World

pytestmark = [pytest.mark.clause("M3"), pytest.mark.clause("C5")]
_SOME = [each for each in STRANGERS if each.who in {"officer", "learner"} and each.side == "east"]


def _under_it() -> set[str]:
    """Return the tables that are under row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity")
        return {table for (table,) in cursor.fetchall()}


@pytest.mark.parametrize("stranger", STRANGERS, ids=str)
def test_the_second_net_alone_shows_strangers_no_row(world: World, stranger: Stranger) -> None:
    attack = stranger.attacks(world)
    with seen_by(scope_of(attack.own.viewer(stranger.who))):
        seen = all_rows(_under_it())
    assert seen
    found = {table: keys for table, rows in seen.items() if (keys := attack.other.rows[table] & set(rows))}
    assert not found


def test_the_second_net_shows_the_authority_of_the_city_what_is_of_it(world: World) -> None:
    """Each table that holds anything of a side shows some of it to the side's own authority, or the test above would prove nothing."""
    with seen_by(scope_of(world.west.viewer("officer"))):
        seen = all_rows(_under_it())
    hidden = {
        table for table, rows in seen.items() if world.west.rows[table] and not world.west.rows[table] & set(rows)
    }
    assert not hidden


@pytest.mark.parametrize("stranger", _SOME, ids=str)
def test_both_nets_together_show_strangers_nothing(world: World, stranger: Stranger) -> None:
    found = leaks_of(stranger.attacks(world))
    assert not found, "\n".join(found)


def test_without_the_second_net_a_page_speaks_as_the_program(world: World, without_second_net: None) -> None:
    with access.seen_by("own::0"):
        assert TrainingClass.objects.exists()
