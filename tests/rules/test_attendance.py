"""The code at the door, who counts as present, who may say so, and what is worth a look (docs/rules/attendance.md)."""

from collections.abc import Callable

import pytest

from jiangxue.attendance.errors import (
    CodeNotValid,
    NoLongerOpen,
    NotBegun,
    NotOpenYet,
    NotTheTurn,
    OutsideItem,
    OwnTime,
    SamePerson,
    TooManyObjections,
)
from jiangxue.attendance.rules.codes import SEEN_MS, STEP_MS, Seen, Side, code_at, open_seen, read_code, seal_seen
from jiangxue.attendance.rules.deciding import Word, require_objection, require_signature, require_statement
from jiangxue.attendance.rules.hints import Hint, hints
from jiangxue.attendance.rules.hints import Signing as From
from jiangxue.attendance.rules.presence import (
    EARLY_MS,
    LATE_MS,
    Mark,
    Presence,
    Standing,
    Stated,
    is_over,
    presence,
    require_open,
    require_statable,
)
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C3")

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = 1_000 * STEP_MS + 4_000
HOUR = 3_600_000
PLANNED = (10 * HOUR, 12 * HOUR)
IN, OUT = Mark(Side.IN, 10 * HOUR), Mark(Side.OUT, 12 * HOUR)


def read_at(now_ms: int, code: str | None = None, side: Side = Side.IN) -> Seen:
    return read_code(KEY, 7, side, code or code_at(KEY, 7, Side.IN, NOW), now_ms)


def test_a_code_is_taken_while_it_is_shown_and_for_one_step_more() -> None:
    assert read_at(NOW) == Seen(7, Side.IN, NOW, 0)
    assert read_at(NOW + STEP_MS).steps_old == 1


@pytest.mark.parametrize("late_ms", [2 * STEP_MS, 60_000, -STEP_MS])
def test_a_photographed_code_is_worth_nothing_half_a_minute_later(late_ms: int) -> None:
    assert refusal_of(lambda: read_at(NOW + late_ms)) is CodeNotValid


@pytest.mark.parametrize(
    "code",
    [
        code_at(KEY, 8, Side.IN, NOW),
        code_at(KEY, 7, Side.OUT, NOW),
        code_at(OTHER_KEY, 7, Side.IN, NOW),
        "",
        "AAAAAAAAAAAA",
        "签到码",
    ],
)
def test_a_code_of_another_item_side_or_key_is_worth_nothing(code: str) -> None:
    assert refusal_of(lambda: read_code(KEY, 7, Side.IN, code, NOW)) is CodeNotValid


def test_a_code_says_nothing_of_the_next_one() -> None:
    codes = {code_at(KEY, 7, Side.IN, NOW + step * STEP_MS) for step in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 12 for code in codes)


def test_what_a_browser_has_read_waits_three_minutes_for_its_learner() -> None:
    word = seal_seen(KEY, read_at(NOW))
    assert open_seen(KEY, word, NOW + SEEN_MS) == Seen(7, Side.IN, NOW, 0)
    assert refusal_of(lambda: open_seen(KEY, word, NOW + SEEN_MS + 1)) is CodeNotValid


@pytest.mark.parametrize(
    "changed",
    [
        lambda word: word.replace("7.", "8.", 1),
        lambda word: word.replace(".in.", ".out."),
        lambda word: word[:-1],
        lambda _: "",
        lambda _: "...",
        lambda _: code_at(KEY, 7, Side.IN, NOW),
    ],
)
def test_nobody_else_writes_what_a_browser_has_read(changed: Callable[[str], str]) -> None:
    word = seal_seen(KEY, read_at(NOW))
    assert refusal_of(lambda: open_seen(KEY, changed(word), NOW)) is CodeNotValid


def test_who_signs_in_and_out_was_present_in_between() -> None:
    assert presence(PLANNED, [IN, OUT], []) == Presence(Standing.PRESENT, PLANNED)


def test_the_first_in_and_the_last_out_count_in_whatever_order_they_came() -> None:
    marks = [OUT, Mark(Side.IN, 11 * HOUR), Mark(Side.OUT, 11 * HOUR), IN]
    assert presence(PLANNED, marks, []).span == PLANNED


@pytest.mark.parametrize(
    ("marks", "standing"), [([IN], Standing.NO_SIGN_OUT), ([OUT], Standing.NO_SIGN_IN), ([], Standing.NOTHING)]
)
def test_half_a_signature_is_no_presence(marks: list[Mark], standing: Standing) -> None:
    assert presence(PLANNED, marks, []) == Presence(standing)


def test_signatures_of_another_time_do_not_count_when_an_item_was_moved() -> None:
    yesterday = Mark(Side.IN, 10 * HOUR - 24 * HOUR)
    assert presence(PLANNED, [yesterday, OUT], []) == Presence(Standing.NO_SIGN_IN)


def test_the_last_signed_statement_takes_the_place_of_what_was_there() -> None:
    said = [Stated((10 * HOUR, 11 * HOUR), agrees=True), Stated(None, agrees=None), Stated(None, agrees=False)]
    assert presence(PLANNED, [IN, OUT], said) == Presence(Standing.PRESENT, (10 * HOUR, 11 * HOUR))
    assert presence(PLANNED, [IN, OUT], [*said, Stated(None, agrees=True)]) == Presence(Standing.ABSENT)


@pytest.mark.parametrize(
    ("side", "at_ms", "refusal"),
    [
        (Side.IN, PLANNED[0] - EARLY_MS - 1, NotOpenYet),
        (Side.IN, PLANNED[0] - EARLY_MS, None),
        (Side.IN, PLANNED[1], NoLongerOpen),
        (Side.OUT, PLANNED[0] - 1, NotOpenYet),
        (Side.OUT, PLANNED[1] + LATE_MS - 1, None),
        (Side.OUT, PLANNED[1] + LATE_MS, NoLongerOpen),
    ],
)
def test_one_signs_around_the_planned_time(side: Side, at_ms: int, refusal: type[Exception] | None) -> None:
    assert refusal_of(lambda: require_open(PLANNED, Mark(side, at_ms))) is refusal


def test_an_item_is_over_when_nobody_can_sign_out_any_more() -> None:
    assert not is_over(PLANNED, PLANNED[1] + LATE_MS - 1)
    assert is_over(PLANNED, PLANNED[1] + LATE_MS)


@pytest.mark.parametrize(
    ("span", "now_ms", "refusal"),
    [
        (None, PLANNED[0] - 1, NotBegun),
        (None, PLANNED[0], None),
        (PLANNED, PLANNED[1], None),
        (PLANNED, PLANNED[1] - 1, OutsideItem),
        ((PLANNED[0] - 1, PLANNED[1]), 20 * HOUR, OutsideItem),
        ((PLANNED[0], PLANNED[1] + 1), 20 * HOUR, OutsideItem),
        ((PLANNED[1], PLANNED[0]), 20 * HOUR, OutsideItem),
    ],
)
def test_staff_state_nothing_that_has_not_been(
    span: tuple[int, int] | None, now_ms: int, refusal: type[Exception] | None
) -> None:
    assert refusal_of(lambda: require_statable(PLANNED, span, now_ms=now_ms)) is refusal


@pytest.mark.clause("M6")
def test_two_persons_and_never_the_learner_decide() -> None:
    waiting = [Word(by=1, agrees=None)]
    assert refusal_of(lambda: require_statement([], by=1, learner=9)) is None
    assert refusal_of(lambda: require_statement([], by=9, learner=9)) is OwnTime
    assert refusal_of(lambda: require_statement(waiting, by=1, learner=9)) is NotTheTurn
    assert refusal_of(lambda: require_signature(waiting, by=2, learner=9)) is None
    assert refusal_of(lambda: require_signature(waiting, by=1, learner=9)) is SamePerson
    assert refusal_of(lambda: require_signature(waiting, by=9, learner=9)) is OwnTime
    assert refusal_of(lambda: require_signature([], by=2, learner=9)) is NotTheTurn
    assert refusal_of(lambda: require_signature([Word(by=1, agrees=True)], by=2, learner=9)) is NotTheTurn


def test_one_objection_waits_at_a_time_and_three_are_listened_to() -> None:
    assert refusal_of(lambda: require_objection(before=2, is_open=False)) is None
    assert refusal_of(lambda: require_objection(before=0, is_open=True)) is TooManyObjections
    assert refusal_of(lambda: require_objection(before=3, is_open=False)) is TooManyObjections


def test_a_browser_that_signs_for_several_is_worth_a_look() -> None:
    found = hints([From(1, "a", "x"), From(2, "a", "x"), From(3, "b", "x"), From(3, "b", "x"), From(4, "", "x")])
    assert found == {1: (Hint.SHARED_BROWSER,), 2: (Hint.SHARED_BROWSER,)}


def test_an_address_that_is_not_the_rooms_is_worth_a_look_where_nearly_all_share_one() -> None:
    room = [From(place, f"b{place}", "room") for place in range(6)]
    assert hints([*room, From(9, "z", "home")]) == {9: (Hint.OTHER_ADDRESS,)}
    assert not hints([*room[:3], From(9, "z", "home")])
    assert not hints([*room[:4], *(From(20 + n, f"c{n}", f"own {n}") for n in range(4))])
