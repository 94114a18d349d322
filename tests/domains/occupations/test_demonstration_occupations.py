"""The occupations of the demonstration."""

import pytest

from jiangxue.accounts.services import Person, create_account
from jiangxue.kernel.viewer import Role
from jiangxue.occupations.models import OccupationTable
from jiangxue.occupations.queries import occupation_by_code, occupations
from jiangxue.occupations.rules.table import read_table, write_table
from jiangxue.project.demonstration.occupations import demonstration_rows, seed_occupations
from jiangxue.project.demonstration.people import PASSWORD
from tests.conftest import MORNING


@pytest.fixture
def seeded(db: None) -> None:
    person = Person("system", "吴文浩", PASSWORD)
    create_account(person, roles=[(Role.SYSTEM_ADMINISTRATOR, None)], now=MORNING)
    seed_occupations(MORNING)


def test_they_are_a_table_that_can_be_imported() -> None:
    rows = tuple(demonstration_rows())
    assert read_table(write_table(rows).encode()) == rows
    assert len(rows) >= 60


def test_they_are_imported_by_the_system_administrator(seeded: None) -> None:
    electrician = occupation_by_code("6-31-01-03")
    assert electrician is not None
    assert electrician.name == "电工"
    assert electrician.is_practical
    assert occupations().count() == len(list(demonstration_rows()))


def test_where_there_is_a_table_it_stays(seeded: None) -> None:
    seed_occupations(MORNING)
    assert OccupationTable.objects.count() == 1
