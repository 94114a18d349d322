"""Days of the audit (审计日): their digests, their cuts, and in what a day differs (clauses M3, T8.2)."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.audit.rules.days import (
    Difference,
    Finding,
    Line,
    Sealed,
    breaks_of,
    day_to_seal,
    difference,
    digest_of,
    due_for_check,
    line_of,
)
from jiangxue.audit.services import keep_check
from jiangxue.kernel.hashing import SHA256, SM3
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.repository.sources import document

pytestmark = pytest.mark.clause("M3", "T8.2")
FIRST = Line(1, 1_000_000, 7, "learner", "sign_in", "", "", "done", "")
DAY = date(2026, 11, 23)
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
lines = st.builds(
    Line,
    st.integers(1, 99),
    st.integers(0, 2**52),
    st.none() | st.integers(1, 9),
    texts,
    texts,
    texts,
    texts,
    texts,
    texts,
)


def test_a_line_is_canonical_json() -> None:
    assert line_of(FIRST) == (
        b'{"action":"sign_in","actor":7,"at_us":1000000,"id":1,"object":"","object_kind":"","reason":"","result":"done","role":"learner"}\n'
    )


def test_each_line_is_hashed_with_all_before_it() -> None:
    second = replace(FIRST, id=2, actor_id=None)
    by_hand = sha256(sha256(bytes(32) + line_of(FIRST)).digest() + line_of(second)).hexdigest()
    assert digest_of([FIRST, second], SHA256) == (by_hand, 2)


def test_a_day_without_entries_has_a_digest_too() -> None:
    assert digest_of([], SHA256) == ("0" * 64, 0)


def test_another_hash_gives_another_digest() -> None:
    assert digest_of([FIRST], SHA256) != digest_of([FIRST], SM3)


@given(st.lists(lines, max_size=5), st.lists(lines, max_size=5))
def test_only_the_same_entries_in_the_same_order_have_the_same_digest(one: list[Line], other: list[Line]) -> None:
    assert (digest_of(one, SHA256) == digest_of(other, SHA256)) == (one == other)


@given(lines, lines)
def test_nothing_of_an_entry_can_move_into_a_neighbouring_member(one: Line, other: Line) -> None:
    assert (line_of(one) == line_of(other)) == (one == other)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 16, 9, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 16, 10, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 15, 59, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_a_day_is_cut_ten_minutes_after_midnight_in_shanghai(now: datetime, day: date) -> None:
    assert day_to_seal(now) == day


def sealed(number: int = 0, **facts: object) -> Sealed:
    after = None if number == 0 else number * 10
    values = {"day": DAY + timedelta(days=number), "after": after, "last": number * 10 + 10, "entries": 3}
    return Sealed(**{**values, "hash_name": "sha256", "digest": "a" * 64, **facts})  # type: ignore[arg-type]


AFTER_TWO = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def test_days_that_go_on_from_one_another_are_whole() -> None:
    assert breaks_of([], AFTER_TWO) == []
    assert breaks_of([sealed(0), sealed(1)], AFTER_TWO) == []
    assert breaks_of([sealed(0), sealed(1, last=10)], AFTER_TWO) == [], "a day without entries"


@pytest.mark.parametrize(
    "days",
    [
        [sealed(1)],
        [sealed(0), sealed(2, after=10)],
        [sealed(0), sealed(1, after=9)],
        [sealed(0), sealed(1, after=11)],
        [sealed(0), sealed(1, last=9)],
        [sealed(0), sealed(0, after=10)],
    ],
)
def test_days_that_do_not_are_broken(days: list[Sealed]) -> None:
    assert {each.difference for each in breaks_of(days, AFTER_TWO)} == {Difference.BROKEN}


def test_a_day_that_has_not_come_is_overdue_when_a_second_one_could_have() -> None:
    two = [sealed(0), sealed(1)]
    assert breaks_of(two, AFTER_TWO + timedelta(days=1)) == []
    overdue = Finding(DAY + timedelta(days=2), Difference.OVERDUE, 0, 0)
    assert breaks_of(two, AFTER_TWO + timedelta(days=2)) == [overdue]


@pytest.mark.parametrize(
    ("digest", "entries", "what"),
    [
        ("a" * 64, 3, None),
        ("b" * 64, 3, Difference.CHANGED),
        ("b" * 64, 2, Difference.FEWER),
        ("b" * 64, 4, Difference.MORE),
        ("a" * 64, 4, Difference.MORE),
    ],
)
def test_a_day_differs_in_what_it_differs(digest: str, entries: int, what: Difference | None) -> None:
    finding = difference(sealed(0), digest, entries)
    assert (finding.difference if finding else None) == what


@given(st.integers(0, 400), st.integers(0, 400))
def test_each_day_comes_round_within_31_days_and_the_last_31_daily(age: int, offset: int) -> None:
    day, today = sealed(0), DAY + timedelta(days=age)
    turns = [each for each in range(31) if due_for_check([day], today + timedelta(days=offset + each))]
    assert len(turns) >= 1
    assert bool(due_for_check([day], today)) or age > 31


def test_a_report_is_about_days_in_their_order(db: None) -> None:
    with broken("audit_day_check_in_order"):
        keep_check(DAY, DAY - timedelta(days=1), days=1, findings=[], at=MORNING)


def test_the_example_of_the_format_is_true() -> None:
    page = document("formats/audit-day.md")
    block = page.split("```\n")[1]
    entries = [json.loads(text) for text in block.splitlines()]
    shown = [
        Line(
            each["id"],
            each["at_us"],
            each["actor"],
            each["role"],
            each["action"],
            each["object_kind"],
            each["object"],
            each["result"],
            each["reason"],
        )
        for each in entries
    ]
    assert b"".join(map(line_of, shown)).decode() == block
    first, second = re.findall(r"`([0-9a-f]{64})`", page)
    assert (digest_of(shown[:1], SHA256)[0], digest_of(shown, SHA256)[0]) == (first, second)
