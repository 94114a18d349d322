"""Finding an occupation by name or code."""

import pytest

from jiangxue.occupations.queries import occupation_by_code, occupations
from jiangxue.occupations.rules.table import OccupationRow
from tests.conftest import MORNING
from tests.factories.occupations import ELECTRICIAN, ROWS, SELLER, WELDER, imported, importer

WIRER = OccupationRow("6-24-02-05", "低压电工装配工", is_practical=True)
ELECTRIC_WELDER = OccupationRow("6-18-02-99", "电工焊接工", is_practical=True)


@pytest.fixture
def table(db: None) -> None:
    imported(MORNING, *ROWS, WIRER, ELECTRIC_WELDER)


def found(named: str) -> list[str]:
    return [each.name for each in occupations(named)]


def test_the_exact_name_comes_first_then_what_begins_so_then_what_holds_it(table: None) -> None:
    assert found("电工") == ["电工", "电工焊接工", "低压电工装配工"]


@pytest.mark.parametrize("named", ["6-31-01-03", "6310103", "６－３１－０１－０３", "631", "6-31-"])
def test_a_code_is_found_by_its_beginning_with_or_without_dashes_in_any_width(table: None, named: str) -> None:
    assert found(named) == ["电工"]


def test_of_equal_matches_the_shorter_name_comes_first(table: None) -> None:
    assert found("电") == ["电工", "电子商务师", "电工焊接工", "低压电工装配工"]


def test_codes_that_begin_alike_stand_in_their_order(table: None) -> None:
    assert found("6") == ["焊工", "电工焊接工", "低压电工装配工", "电工"]


def test_blanks_within_a_name_do_not_matter(table: None) -> None:
    assert found(" 电 工 ")[0] == "电工"


@pytest.mark.parametrize("named", ["%", "_", "没有", "9"])
def test_what_matches_nothing_finds_nothing(table: None, named: str) -> None:
    assert not found(named)


def test_without_words_everything_stands_in_the_order_of_codes(table: None) -> None:
    assert [each.code for each in occupations()] == sorted(each.code for each in (*ROWS, WIRER, ELECTRIC_WELDER))


def test_a_retired_occupation_is_not_offered_but_still_known_by_its_code(db: None) -> None:
    viewer = importer(MORNING)
    imported(MORNING, SELLER, WELDER, viewer=viewer)
    imported(MORNING, WELDER, viewer=viewer)
    assert not found("电子")
    assert [each.name for each in occupations("电子", with_retired=True)] == ["电子商务师"]
    known = occupation_by_code("4010601")
    assert known is not None
    assert known.retired_at == MORNING


@pytest.mark.parametrize("code", ["", "电工", "6-31", "6-31-01-04"])
def test_what_is_no_code_of_the_table_is_no_occupation(table: None, code: str) -> None:
    assert occupation_by_code(code) is None


def test_an_occupation_is_the_same_row_again(table: None) -> None:
    known = occupation_by_code(ELECTRICIAN.code)
    assert known is not None
    assert known.row == ELECTRICIAN
    assert str(known) == "电工"
