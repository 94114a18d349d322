"""The rows of sheets, their counts and their sums, of a class in which everything happens."""

from collections.abc import Iterator

import pytest

from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.reporting.errors import NoSuchRow, NoSuchSheet
from jiangxue.reporting.queries.amounts import Amounts, amounts
from jiangxue.reporting.queries.registry import sheet_for
from jiangxue.reporting.queries.scope import scope_of
from jiangxue.reporting.rules.filters import Filter
from jiangxue.reporting.rules.sheets import hours_of
from tests.factories import people
from tests.factories.lives import Life, life, whole_life
from tests.worlds import Worlds

OF_TIME = ("learners", "records", "classes", "daily")
"""The sheets whose sums are time; those of attendance and tests have their own."""


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.committed(whole_life, clock) as found:
        yield found


@pytest.mark.clause("T7")
def test_rows_totals_and_what_is_sealed_come_to_the_same_milliseconds(lived: Life, clock: HandClock) -> None:
    head = people.viewer(lived.room.head_teacher)
    sealed = _of_the_archive(lived)
    assert sealed.credited_ms
    assert sealed.corrected_ms
    assert len(sealed.refused_ms) > 3
    assert amounts(scope_of(head, Filter(), clock.now())) == sealed
    for name in OF_TIME:
        sheet = sheet_for(head, name, Filter(), now=clock.now())
        rows = list(sheet.rows())
        assert rows
        assert sheet.count() == len(rows)
        assert sheet.totals() == sealed.by_column
        for place, column in enumerate(sheet.columns):
            if column.key in sealed.by_column and column.key != "hours":
                assert sum(row.values[place] for row in rows) == sealed.by_column[column.key], (name, column.key)


def _of_the_archive(lived: Life) -> Amounts:
    """Add up the time line of the sealed records, which knows no table of sums."""
    _records, dossier = records_and_dossier(lived.room.enrolment.aid)
    shares = [share for session in dossier.sessions for share in session.shares]
    refused: dict[str, int] = {}
    for share in shares:
        for reason, ms in share.refused_ms.items():
            refused[reason.value] = refused.get(reason.value, 0) + ms
    return Amounts(
        sum(share.credited_ms for share in shares),
        sum(share.confirmed_ms for share in shares),
        sum(share.corrected_ms for share in shares),
        dict(sorted(refused.items())),
    )


def test_days_divide_the_time_without_rest(lived: Life, clock: HandClock) -> None:
    head = people.viewer(lived.room.head_teacher)
    days = {row.day for row in sheet_for(head, "daily", Filter(), now=clock.now()).rows()}
    assert len(days) > 1
    whole = amounts(scope_of(head, Filter(), clock.now()))
    parts = [amounts(scope_of(head, Filter(first=day, last=day), clock.now())) for day in days]
    assert sum(part.effective_ms for part in parts) == whole.effective_ms
    assert sum(part.all_refused_ms for part in parts) == whole.all_refused_ms
    for name in OF_TIME:
        of_days = [sheet_for(head, name, Filter(first=day, last=day), now=clock.now()) for day in days]
        held = [row.values for sheet in of_days for row in sheet.rows()]
        at = [column.key for column in of_days[0].columns].index("effective")
        assert sum(values[at] for values in held) == whole.effective_ms, name


def test_a_list_goes_on_after_any_row_and_repeats_none(lived: Life, clock: HandClock) -> None:
    head = people.viewer(lived.room.head_teacher)
    sheet = sheet_for(head, "records", Filter(), now=clock.now())
    rows = list(sheet.rows())
    assert len(rows) >= StudySession.objects.count()
    for at, row in enumerate(rows):
        assert list(sheet.rows(row.mark)) == rows[at + 1 :]
        assert list(sheet.rows(row.mark, limit=2)) == rows[at + 1 : at + 3]
    assert sheet.count(most=2) == 2


@pytest.mark.parametrize("mark", ["x", "1~2", "~", "2026-11-24~x~y", "999999999999999999999~1~1", "1~1~1"])
def test_a_mark_that_names_no_record_is_refused(db: None, clock: HandClock, mark: str) -> None:
    lived = life(clock)
    sheet = sheet_for(people.viewer(lived.room.head_teacher), "records", Filter(), now=clock.now())
    with pytest.raises(NoSuchRow):
        list(sheet.rows(mark))


@pytest.mark.parametrize(
    ("name", "mark"),
    [("learners", "9" * 19), ("learners", "1e3"), ("daily", "2026-11-24~" + "9" * 19), ("classes", "2026-11-24")],
)
def test_a_mark_of_another_shape_is_refused(db: None, clock: HandClock, name: str, mark: str) -> None:
    lived = life(clock)
    with pytest.raises(NoSuchRow):
        list(sheet_for(people.viewer(lived.room.head_teacher), name, Filter(), now=clock.now()).rows(mark))


def test_names_and_numbers_are_masked_unless_they_are_asked_for_whole(db: None, clock: HandClock) -> None:
    lived = life(clock)
    head = people.viewer(lived.room.head_teacher)
    for name in ("learners", "daily", "records"):
        masked = sheet_for(head, name, Filter(), now=clock.now())
        for row in masked.rows():
            assert "李小明" not in row.values
    keys = [column.key for column in masked.columns]
    (shown,) = sheet_for(head, "learners", Filter(), now=clock.now()).rows()
    (whole,) = sheet_for(head, "learners", Filter(), now=clock.now(), masked=False).rows()
    keys = [column.key for column in sheet_for(head, "learners", Filter(), now=clock.now()).columns]
    assert shown.values[keys.index("name")] == "李**"
    assert "*" in str(shown.values[keys.index("id_number")])
    assert whole.values[keys.index("name")] == "李小明"
    assert len(str(whole.values[keys.index("id_number")]).replace("*", "")) == 18


def test_there_is_no_other_sheet(db: None, clock: HandClock) -> None:
    lived = life(clock)
    with pytest.raises(NoSuchSheet):
        sheet_for(people.viewer(lived.room.head_teacher), "audit", Filter(), now=clock.now())


@pytest.mark.parametrize(("ms", "hours"), [(0, 0), (26_999, 0), (27_000, 1), (2_700_000, 100), (2_699_999, 99)])
def test_hours_are_rounded_down_to_the_hundredth(ms: int, hours: int) -> None:
    assert hours_of(ms) == hours


def test_there_are_no_negative_hours() -> None:
    with pytest.raises(ValueError, match="-1"):
        hours_of(-1)
