"""The worked examples of docs/rules/effective-time.md, row by row, and what the examples say of midnight and clocks."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from jiangxue.learning.rules.days import day_of, day_start_ms
from jiangxue.learning.rules.judge import judge
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Judgement, Running
from jiangxue.policies.rules.time_policy import TimePolicy

PAGE = (Path(__file__).parents[2] / "docs" / "rules" / "effective-time.md").read_text()
MIDNIGHT_MS = day_start_ms(739_944)
NOON_MS = MIDNIGHT_MS + 12 * 3_600_000
REACHED_MS = 40_000
FLAGS = {"hidden": Flag.HIDDEN, "too_fast": Flag.TOO_FAST}


@dataclass(frozen=True)
class Row:
    """One beat of an example, in ms."""

    gap_ms: int
    carry_ms: int
    ahead_ms: int
    idle_ms: int
    credit_ms: int
    carry_after_ms: int
    refused: dict[str, int]


def rows() -> dict[str, Row]:
    """Return the table's beats; a row that tells of two beats becomes two."""
    found = {}
    table = PAGE[PAGE.index("## Worked examples") :]
    for line in table.splitlines()[4:]:
        name, *cells, refused = [cell.strip() for cell in line.strip("|").split("|")]
        columns = [[1_000 * int(part) for part in cell.split(",")] for cell in cells]
        reasons = {reason: 1_000 * int(seconds) for reason, seconds in re.findall(r"(\w+) (\d+)", refused)}
        for beat in range(max(map(len, columns))):
            numbers = [column[min(beat, len(column) - 1)] for column in columns]
            found[f"{name}, {beat + 1}"] = Row(*numbers, reasons)
    return found


ROWS = rows()


def refused_ms(judgement: Judgement) -> dict[str, int]:
    return {reason.value: ms for share in judgement.days for reason, ms in share.refused_ms.items()}


@pytest.mark.clause("T2.3", "T2.4", "T2.1")
@pytest.mark.parametrize("name", ROWS)
def test_a_worked_example_is_judged_as_the_page_says(name: str) -> None:
    row = ROWS[name]
    running = Running(NOON_MS, row.carry_ms, REACHED_MS, 3_600_000, (DayBalance(day_of(NOON_MS), 0, 0),))
    position_ms = 0 if "from the start" in name else REACHED_MS + row.ahead_ms
    flags = next((flag for reason, flag in FLAGS.items() if reason in row.refused), Flag.NONE)
    judgement = judge(running, Claim(position_ms, row.idle_ms, flags), TimePolicy(), NOON_MS + row.gap_ms)
    assert judgement.credited_ms == row.credit_ms
    assert judgement.running.carry_ms == row.carry_after_ms
    assert refused_ms(judgement) == row.refused


def test_there_are_as_many_examples_as_the_page_has_rows() -> None:
    assert len(ROWS) == 9


def at(offset_ms: int, *, left_ms: int = 3_600_000, carry_ms: int = 0) -> Running:
    """Return a session that was last heard so long after midnight, whose day has so much left."""
    at_ms = MIDNIGHT_MS + offset_ms
    used_ms = TimePolicy().day_cap_ms - left_ms
    return Running(at_ms, carry_ms, 0, 3_600_000, (DayBalance(day_of(at_ms), used_ms, used_ms),))


@pytest.mark.clause("T2.5")
def test_a_day_that_has_begun_is_the_earliest_that_anything_is_booked_on() -> None:
    """The clock steps back over midnight; what is learned then belongs to the new day and to its cap."""
    after = judge(at(5_000, left_ms=12_000), Claim(0, 0, Flag.NONE), TimePolicy(), MIDNIGHT_MS - 600_000).running
    judgement = judge(after, Claim(30_000, 0, Flag.NONE), TimePolicy(), MIDNIGHT_MS - 570_000)
    today = day_of(MIDNIGHT_MS)
    assert [share.day for share in judgement.days] == [today]
    assert [balance.day for balance in judgement.running.balances] == [today]
    assert judgement.credited_ms == 12_000
    assert judgement.running.balances[0].person_ms == TimePolicy().day_cap_ms


@pytest.mark.clause("T2.5", "T1.3")
def test_only_time_that_ends_now_is_carried() -> None:
    """20 s before midnight with 10 s left of that day, 10 s after it, 25 s wanted: the rest before midnight is not carried."""
    judgement = judge(at(-20_000, left_ms=10_000), Claim(25_000, 0, Flag.NONE), TimePolicy(), MIDNIGHT_MS + 10_000)
    assert judgement.running.carry_ms == 0
    assert [(stretch.kind, stretch.ms) for stretch in judgement.stretches] == [
        ("provisional", 10_000),
        ("over_cap", 5_000),
        ("paused", 5_000),
        ("provisional", 10_000),
    ]


@pytest.mark.clause("T2.5")
def test_no_day_is_paid_for_more_time_than_lies_in_it() -> None:
    judgement = judge(at(-20_000), Claim(30_000, 0, Flag.NONE), TimePolicy(), MIDNIGHT_MS + 10_000)
    assert [share.credited_ms for share in judgement.days] == [20_000, 10_000]
    assert judgement.running.balances == (DayBalance(day_of(MIDNIGHT_MS), 10_000, 10_000),)


@pytest.mark.clause("T2.3")
def test_a_lesson_pays_no_more_than_it_is_long() -> None:
    day = DayBalance(day_of(NOON_MS), 0, 0)
    judgement = judge(
        Running(NOON_MS, 0, 100_000, 110_000, (day,)), Claim(130_000, 0, Flag.ENDED), TimePolicy(), NOON_MS + 30_000
    )
    assert judgement.running.reached_ms == 110_000
    assert refused_ms(judgement) == {"lesson_full": 10_000}
