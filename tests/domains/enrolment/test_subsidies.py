"""Who may be subsidised, by a table that is read whole, dated and never edited. docs/rules/subsidies.md."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.rules.id_types import Sex
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.errors import DayIsTaken, NotTheirsToImport, UnfitSubsidyTable
from jiangxue.enrolment.models import SubsidyTable
from jiangxue.enrolment.queries.subsidies import At, of_places, rows_on
from jiangxue.enrolment.rules.subsidies import Because, Eligibility, Judged, Person, SubsidyRow, judged, months_on
from jiangxue.enrolment.rules.subsidy_table import (
    ANY,
    HEADER,
    from_values,
    read_subsidy_table,
    to_values,
    write_subsidy_table,
)
from jiangxue.enrolment.services.subsidies import import_subsidy_table
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import classroom
from tests.factories.openings import actor

DAY = date(2026, 12, 1)
TABLE = (
    "地区代码,重点群体,性别,出生年月起,出生年月止,年龄下限,年龄上限,依据\n"
    "440000,不限,男,,,16,60岁,粤人社〔2026〕1号\n"
    "4401,农民工,女,1970年1月,1975/12,16岁,55岁3个月,\n"
)
MAN, WOMAN = (
    Person(date(1990, 5, 1), Sex.MALE, None),
    Person(date(1972, 3, 1), Sex.FEMALE, PriorityGroup.MIGRANT_WORKERS),
)
ROWS = read_subsidy_table(TABLE.encode())


def test_a_table_is_read_as_people_write_it() -> None:
    men, women = ROWS
    assert men == SubsidyRow("44", sex=Sex.MALE, from_months=192, until_months=720, basis="粤人社〔2026〕1号")
    assert women.group is PriorityGroup.MIGRANT_WORKERS
    assert (women.born_from, women.born_until) == (date(1970, 1, 1), date(1975, 12, 1))
    assert (women.from_months, women.until_months) == (192, 663)


def test_whoever_fits_a_line_fits_and_its_paper_is_named() -> None:
    assert judged(ROWS, MAN, "440106", DAY) == Judged(Eligibility.FITS, basis="粤人社〔2026〕1号")
    assert judged(ROWS, WOMAN, "440106", DAY).eligibility is Eligibility.FITS


@pytest.mark.parametrize(
    ("person", "region", "because"),
    [
        (MAN, "110101", Because.REGION),
        (Person(date(1972, 3, 1), Sex.FEMALE, None), "440106", Because.SEX),
        (Person(date(1990, 3, 1), Sex.FEMALE, PriorityGroup.MIGRANT_WORKERS), "440106", Because.BIRTH),
        (Person(date(2011, 1, 1), Sex.MALE, None), "440106", Because.TOO_YOUNG),
        (Person(date(1966, 12, 1), Sex.MALE, None), "440106", Because.TOO_OLD),
    ],
)
def test_the_reason_is_that_of_the_line_that_came_nearest(person: Person, region: str, because: Because) -> None:
    assert judged(ROWS, person, region, DAY) == Judged(Eligibility.NOT, because)


def test_a_month_before_the_limit_still_fits() -> None:
    assert judged(ROWS, Person(date(1967, 1, 1), Sex.MALE, None), "440106", DAY).eligibility is Eligibility.FITS


def test_what_a_passport_does_not_tell_is_missing_and_not_refused() -> None:
    assert judged(ROWS, Person(None, None, None), "440106", DAY) == Judged(Eligibility.UNKNOWN, Because.SEX)
    anybody = (SubsidyRow(from_months=192),)
    assert judged(anybody, Person(None, None, None), "440106", DAY) == Judged(Eligibility.UNKNOWN, Because.BIRTH)


def test_what_is_missing_decides_nothing_where_something_else_says_no() -> None:
    old = Person(date(1950, 1, 1), None, None)
    assert judged(ROWS[:1], old, "440106", DAY) == Judged(Eligibility.NOT, Because.TOO_OLD)


def test_without_a_table_nothing_is_known() -> None:
    assert judged((), MAN, "440106", DAY) == Judged(Eligibility.UNKNOWN, Because.NO_TABLE)


_persons = st.builds(
    Person,
    st.none() | st.dates(date(1950, 1, 1), date(2015, 1, 1)).map(lambda day: day.replace(day=1)),
    st.none() | st.sampled_from(Sex),
    st.none() | st.sampled_from(PriorityGroup),
)
_months = st.dates(date(1950, 1, 1), date(2020, 1, 1)).map(lambda day: day.replace(day=1))


@st.composite
def _rows(draw: st.DrawFn) -> SubsidyRow:
    born = sorted(draw(st.lists(_months, min_size=2, max_size=2)))
    low = draw(st.integers(0, 700))
    return SubsidyRow(
        region=draw(st.sampled_from(["", "44", "4401", "440106", "1101"])),
        group=draw(st.none() | st.sampled_from(PriorityGroup)),
        sex=draw(st.none() | st.sampled_from(Sex)),
        born_from=draw(st.sampled_from([None, born[0]])),
        born_until=draw(st.sampled_from([None, born[1]])),
        from_months=low,
        until_months=draw(st.integers(low + 1, 1_199)),
        basis=draw(st.sampled_from(["", "粤人社〔2026〕1号"])),
    )


@given(st.lists(_rows(), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows: list[SubsidyRow]) -> None:
    assert read_subsidy_table(write_subsidy_table(rows).encode()) == tuple(rows)
    assert from_values(to_values(rows)) == tuple(rows)


@given(st.lists(_rows(), min_size=1, max_size=5), _persons)
def test_one_more_line_takes_nothing_away(rows: list[SubsidyRow], person: Person) -> None:
    before = judged(rows[1:], person, "440106", DAY).eligibility
    after = judged(rows, person, "440106", DAY).eligibility
    assert not (before is Eligibility.FITS and after is not Eligibility.FITS)


@given(_months, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_month_later_is_a_month_older(born: date, day: date) -> None:
    later = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    assert months_on(born, later) == months_on(born, day) + 1


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("44010,,,,,,,", "unfit_cell"),
        (",学生,,,,,,", "unfit_cell"),
        (",,中,,,,,", "unfit_cell"),
        (",,,1970-13,,,,", "unfit_cell"),
        (",,,,,十六,,", "unfit_cell"),
        (",,,,,,60岁12个月,", "unfit_cell"),
        (",,,,,,,=1+1", "unfit_cell"),
        (",,,,,60,16,", "nobody_fits"),
        (",,,1980-01,1979-12,,,", "nobody_fits"),
        (",,,,,,,,more", "too_many_cells"),
        (',,,,,,,"open', "broken_quotes"),
    ],
)
def test_a_file_with_a_fault_is_refused_and_says_in_which_line(line: str, what: str) -> None:
    with pytest.raises(UnfitSubsidyTable) as refused:
        read_subsidy_table(f"{','.join(HEADER)}\n{line}\n".encode())
    assert [(fault.line, fault.what) for fault in refused.value.faults] == [(2, what)]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "other_header"),
        (",".join(HEADER).encode(), "no_rows"),
        (b"\xff\xff\xff", "no_text"),
        (b"x" * (256 * 1024 + 1), "too_large"),
        ((",".join(HEADER) + "\n" + f"{ANY},,,,,,,\n" * 501).encode(), "too_many_rows"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(content: bytes, what: str) -> None:
    with pytest.raises(UnfitSubsidyTable) as refused:
        read_subsidy_table(content)
    assert refused.value.faults[0].what == what


@pytest.mark.clause("C6")
def test_a_class_is_judged_by_the_table_in_force_on_its_first_day(db: None) -> None:
    room = classroom(MORNING)
    system = people.account((Role.SYSTEM_ADMINISTRATOR, None), now=MORNING)
    put = {"viewer": people.viewer(system), "name": "补贴.csv", "by": actor(system), "now": MORNING}
    at = At(room.institution.region_id, date(2027, 1, 1))
    assert of_places([room.enrolment], at)[room.enrolment.pk].because is Because.NO_TABLE
    import_subsidy_table(content=TABLE.encode(), valid_from=date(2026, 12, 1), **put)
    found = of_places([room.enrolment], at)[room.enrolment.pk]
    assert found.eligibility in {Eligibility.FITS, Eligibility.NOT}
    assert rows_on(date(2026, 11, 30)) == ()
    with pytest.raises(DayIsTaken):
        import_subsidy_table(content=TABLE.encode(), valid_from=date(2026, 12, 1), **put)
    with pytest.raises(DayIsTaken):
        import_subsidy_table(content=TABLE.encode(), valid_from=date(2026, 11, 1), **put)
    import_subsidy_table(content=TABLE.encode(), valid_from=date(2027, 6, 1), **put)
    assert SubsidyTable.objects.count() == 2


def test_nobody_else_imports_conditions(db: None) -> None:
    security = people.account((Role.SECURITY_ADMINISTRATOR, None), now=MORNING)
    with pytest.raises(NotTheirsToImport):
        import_subsidy_table(
            viewer=people.viewer(security),
            content=TABLE.encode(),
            name="",
            valid_from=DAY,
            by=actor(security),
            now=MORNING,
        )
