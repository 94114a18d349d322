"""What hours a place comes to: invariants for any records, and the table of docs/rules/settlement.md (clauses T1.3, C3)."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiangxue.archive.rules.settlement import Lacking, LessonFacts, SettledItem, settled_lesson, settled_place
from jiangxue.courseware.rules.content import Hours, Mode
from jiangxue.policies.rules.time_policy import HOUR_UNIT_MS, TimePolicy

POLICY = TimePolicy()
MINUTE_MS = 60_000

LESSON = LessonFacts(
    lesson_id=1,
    title="触电急救",
    length_ms=45 * MINUTE_MS,
    confirmed_ms=45 * MINUTE_MS,
    provisional_ms=0,
    corrected_ms=0,
    refused_ms={"paused": 30_000},
    is_test_owed=False,
    test_score=None,
)
lessons = st.builds(
    LessonFacts,
    lesson_id=st.integers(1, 10**6),
    title=st.just("课"),
    length_ms=st.integers(1, 5 * HOUR_UNIT_MS),
    confirmed_ms=st.integers(0, 6 * HOUR_UNIT_MS),
    provisional_ms=st.integers(0, HOUR_UNIT_MS),
    corrected_ms=st.integers(0, HOUR_UNIT_MS),
    refused_ms=st.dictionaries(st.sampled_from(["paused", "silent", "missed_check"]), st.integers(0, HOUR_UNIT_MS)),
    is_test_owed=st.booleans(),
    test_score=st.none() | st.integers(60, 100),
    is_taught=st.booleans(),
)


@given(st.lists(lessons, max_size=12), st.integers(0, 10_000))
@example([LESSON], 50)
def test_hours_are_rounded_down_once_and_never_beyond_what_was_approved_and_declared(
    found: list[LessonFacts], declared: int
) -> None:
    place = settled_place(found, Hours(online=declared), POLICY)
    approved_ms = sum(each.length_ms for each in found if each.is_taught)
    assert place.hours.online * HOUR_UNIT_MS <= place.recognised_ms * 100
    assert place.recognised_ms <= approved_ms
    assert not declared or place.hours.online <= declared
    assert declared or place.recognised_ms * 100 - place.hours.online * HOUR_UNIT_MS < HOUR_UNIT_MS
    assert place.confirmed_ms == sum(each.confirmed_ms for each in found)


@given(lessons)
def test_a_lesson_is_recognised_whole_or_not_at_all_and_loses_no_refusal(facts: LessonFacts) -> None:
    settled = settled_lesson(facts, POLICY)
    assert settled.recognised_ms in (0, facts.length_ms)
    assert sum(settled.refused_ms.values()) == sum(facts.refused_ms.values()) + facts.provisional_ms
    assert settled.refused_ms.get("unconfirmed", 0) == facts.provisional_ms


@given(lessons, st.integers(0, HOUR_UNIT_MS))
def test_more_of_what_counts_never_takes_a_recognition_away(facts: LessonFacts, more_ms: int) -> None:
    before = settled_lesson(facts, POLICY)
    for name in ("confirmed_ms", "corrected_ms"):
        after = settled_lesson(replace(facts, **{name: getattr(facts, name) + more_ms}), POLICY)
        assert after.recognised_ms >= before.recognised_ms


@pytest.mark.clause("T1.3")
@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, ()),
        ({"confirmed_ms": 44 * MINUTE_MS}, (Lacking.PLAYED,)),
        ({"confirmed_ms": 44 * MINUTE_MS, "provisional_ms": MINUTE_MS}, (Lacking.PLAYED,)),
        ({"confirmed_ms": 44 * MINUTE_MS, "corrected_ms": MINUTE_MS}, ()),
        ({"confirmed_ms": 45 * MINUTE_MS * 99 // 100}, ()),
        ({"is_test_owed": True}, (Lacking.TEST,)),
        ({"confirmed_ms": 0, "is_test_owed": True}, (Lacking.PLAYED, Lacking.TEST)),
    ],
)
def test_what_a_lesson_lacks(changes: dict[str, int], lacking: tuple[Lacking, ...]) -> None:
    assert settled_lesson(replace(LESSON, **changes), POLICY).lacking == lacking


@pytest.mark.clause("C3")
def test_the_page_adds_up_before_it_rounds() -> None:
    third = replace(LESSON, length_ms=15 * MINUTE_MS)
    assert settled_place([third], Hours(), POLICY).hours.online == 33
    assert settled_place([third, third, third], Hours(), POLICY).hours.online == 100


def test_a_lesson_of_an_earlier_version_is_named_and_recognised_by_none() -> None:
    left = settled_place([replace(LESSON, is_taught=False)], Hours(online=100), POLICY)
    assert (left.hours.online, left.recognised_lessons, left.confirmed_ms) == (0, 0, 45 * MINUTE_MS)


def attended(mode: Mode, minutes: int) -> SettledItem:
    return SettledItem(1, "实操", mode, 0, 90 * MINUTE_MS, 200, minutes * MINUTE_MS, {})


@pytest.mark.parametrize(
    ("declared", "live", "practice"),
    [
        (Hours(), 44, 200),
        (Hours(online=100), 0, 0),
        (Hours(online=100, live=400, practice=150), 44, 150),
        (Hours(live=40), 40, 0),
    ],
)
def test_live_and_practice_hours_are_those_of_presence_and_never_beyond_what_is_declared(
    declared: Hours, live: int, practice: int
) -> None:
    items = [attended(Mode.LIVE, 10), attended(Mode.LIVE, 10), attended(Mode.PRACTICE, 90)]
    place = settled_place([], declared, POLICY, items)
    assert place.hours == Hours(live=live, practice=practice)


@given(st.lists(st.tuples(st.sampled_from([Mode.LIVE, Mode.PRACTICE]), st.integers(0, 600)), max_size=9))
def test_presence_is_rounded_down_once_on_its_sum(found: list[tuple[Mode, int]]) -> None:
    place = settled_place([], Hours(), POLICY, [attended(mode, minutes) for mode, minutes in found])
    for mode, hours in ((Mode.LIVE, place.hours.live), (Mode.PRACTICE, place.hours.practice)):
        ms = sum(minutes for each, minutes in found if each is mode) * MINUTE_MS
        assert 0 <= ms * 100 - hours * HOUR_UNIT_MS < HOUR_UNIT_MS
