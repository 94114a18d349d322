"""What the database keeps of occupations."""

import pytest

from jiangxue.accounts.models import Account
from jiangxue.occupations.models import Occupation, OccupationTable, TableDraft
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people


@pytest.fixture
def author(db: None) -> Account:
    return people.account(now=MORNING)


@pytest.mark.parametrize("code", ["9-31-01-03", "0-31-01-03", "6310103", "6-31-01-3", "6-31-01-0x", "6-31-01-0\n"])
def test_a_code_has_its_shape(db: None, code: str) -> None:
    with broken("occupations_code_shape"):
        Occupation.objects.create(code=code, name="电工", is_practical=True)


def test_an_occupation_has_a_name(db: None) -> None:
    with broken("occupations_name_given"):
        Occupation.objects.create(code="6-31-01-03", name="", is_practical=True)


def test_a_level_is_one_of_those_that_are_known(db: None) -> None:
    with broken("occupations_levels_known"):
        Occupation.objects.create(code="6-31-01-03", name="电工", is_practical=True, levels=["five", "nine"])


def test_an_import_names_its_file_by_hash(author: Account) -> None:
    with broken("occupations_table_sha256_shape"):
        OccupationTable.objects.create(imported_at=MORNING, author=author, source="a.csv", sha256="abc", count=1)


def test_an_import_holds_something(author: Account) -> None:
    with broken("occupations_table_not_empty"):
        OccupationTable.objects.create(imported_at=MORNING, author=author, source="a.csv", sha256="a" * 64, count=0)


def test_one_person_has_one_draft(author: Account) -> None:
    TableDraft.objects.create(author=author, source="a.csv", content=b"a", drafted_at=MORNING)
    with broken("occupations_one_draft_a_person"):
        TableDraft.objects.create(author=author, source="b.csv", content=b"b", drafted_at=MORNING)
