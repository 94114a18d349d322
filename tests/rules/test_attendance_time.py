"""No minute counts twice, none beyond the plan, none beyond the day: whatever was attended, and in whatever order it became known."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.attendance.rules.presence import Presence, Span, Standing
from jiangxue.attendance.rules.time import Counted, Online, Reason, Sitting, counted
from jiangxue.learning.rules.days import DAY_MS, cut_at_midnight, day_start_ms
from jiangxue.learning.rules.verdicts import length_ms, without

pytestmark = pytest.mark.clause("T1.3", "T2.5", "C3")

MIN = 60_000
NINE = day_start_ms(740_000) + 9 * 60 * MIN
CAP = 360 * MIN
PLANNED = (NINE, NINE + 180 * MIN)


def sitting(span: Span | None = PLANNED, **facts: object) -> Sitting:
    presence = Presence(Standing.PRESENT, span) if span else Presence(Standing.NOTHING)
    whole = Sitting(1, 7, PLANNED, 180 * MIN, presence, CAP, CAP)
    return replace(whole, **facts)  # type: ignore[arg-type]


def alone(of: Sitting, *online: Span) -> Counted:
    return counted([of], [Online(7, span) for span in online])[of.item_id]


def at(start_min: int, end_min: int) -> Span:
    return NINE + start_min * MIN, NINE + end_min * MIN


def test_who_is_there_from_beginning_to_end_has_all_of_it() -> None:
    assert alone(sitting()) == Counted((PLANNED,))


def test_late_and_early_minutes_are_named() -> None:
    found = alone(sitting(at(10, 170)))
    assert (found.ms, found.refused_ms) == (160 * MIN, {Reason.NOT_PRESENT: 20 * MIN})


def test_before_and_after_the_planned_time_nothing_counts() -> None:
    assert alone(sitting(at(-30, 240))) == Counted((PLANNED,))


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing.ABSENT, Reason.NOT_PRESENT),
        (Standing.NOTHING, Reason.NOT_PRESENT),
        (Standing.NO_SIGN_IN, Reason.NO_SIGN_IN),
        (Standing.NO_SIGN_OUT, Reason.NO_SIGN_OUT),
    ],
)
def test_who_is_not_known_to_have_been_there_has_nothing_and_is_told_why(standing: Standing, reason: Reason) -> None:
    assert alone(sitting(presence=Presence(standing))) == Counted((), {reason: 180 * MIN})


def test_more_than_the_planned_hours_does_not_count() -> None:
    found = alone(sitting(most_ms=135 * MIN))
    assert (found.spans, found.refused_ms) == ((at(0, 135),), {Reason.HOURS_FULL: 45 * MIN})


def test_minutes_that_count_online_do_not_count_again() -> None:
    found = alone(sitting(), at(30, 60), at(170, 200))
    assert (found.ms, found.refused_ms) == (140 * MIN, {Reason.OVERLAP: 40 * MIN})


def test_attendance_yields_to_what_was_learned_online_on_the_same_day() -> None:
    found = alone(sitting(), at(200, 460))
    assert (found.ms, found.refused_ms) == (100 * MIN, {Reason.OVER_CAP: 80 * MIN})


def test_the_cap_of_the_class_holds_too_and_that_of_the_person_over_all_classes() -> None:
    assert alone(sitting(class_cap_ms=60 * MIN)).ms == 60 * MIN
    elsewhere = counted([sitting()], [Online(8, at(200, 500))])[1]
    assert elsewhere.refused_ms == {Reason.OVER_CAP: 120 * MIN}
    assert counted([sitting(class_cap_ms=180 * MIN)], [Online(8, at(200, 300))])[1].ms == 180 * MIN


def test_two_items_at_the_same_time_count_once() -> None:
    found = counted([sitting(), sitting(at(0, 120), item_id=2, class_id=8, planned=at(60, 240))], [])
    assert (found[1].ms, found[2].refused_ms) == (180 * MIN, {Reason.NOT_PRESENT: 120 * MIN, Reason.OVERLAP: 60 * MIN})


def test_a_night_counts_for_both_its_days() -> None:
    night = (NINE + 13 * 60 * MIN, NINE + 18 * 60 * MIN)
    found = alone(sitting(night, planned=night, most_ms=300 * MIN, person_cap_ms=100 * MIN, class_cap_ms=100 * MIN))
    assert (found.ms, found.refused_ms) == (200 * MIN, {Reason.OVER_CAP: 100 * MIN})


_moment = st.integers(0, 3 * DAY_MS)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(_moment)
    return day_start_ms(740_000) + start, day_start_ms(740_000) + start + draw(st.integers(1, DAY_MS // 2))


@st.composite
def sittings(draw: st.DrawFn) -> list[Sitting]:
    count = draw(st.integers(1, 6))
    known = st.one_of(
        st.builds(Presence, st.just(Standing.PRESENT), spans()),
        st.builds(Presence, st.sampled_from([each for each in Standing if each is not Standing.PRESENT])),
    )
    return [
        Sitting(
            item_id=number,
            class_id=draw(st.integers(7, 8)),
            planned=draw(spans()),
            most_ms=draw(st.integers(0, DAY_MS // 2)),
            presence=draw(known),
            person_cap_ms=CAP,
            class_cap_ms=draw(st.sampled_from([CAP, 100 * MIN])),
        )
        for number in range(count)
    ]


online = st.lists(st.builds(Online, st.integers(7, 8), spans()), max_size=4)


def in_all(pieces: Sequence[Span]) -> int:
    """Return how long spans are together, each moment once."""
    taken: list[Span] = []
    for piece in pieces:
        taken += without([piece], taken)
    return length_ms(taken)


@given(sittings(), online)
def test_no_moment_of_the_clock_counts_twice(attended: list[Sitting], learned: list[Online]) -> None:
    pieces = [span for each in counted(attended, learned).values() for span in each.spans]
    assert in_all(pieces) == length_ms(pieces)
    assert length_ms(without(pieces, [each.span for each in learned])) == length_ms(pieces)


@given(sittings(), online)
def test_every_planned_moment_counts_or_has_a_reason(attended: list[Sitting], learned: list[Online]) -> None:
    found = counted(attended, learned)
    for each in attended:
        result = found[each.item_id]
        assert result.ms + sum(result.refused_ms.values()) == length_ms([each.planned])
        assert all(ms > 0 for ms in result.refused_ms.values())


@given(sittings(), online)
def test_nothing_counts_beyond_the_plan_or_without_presence(attended: list[Sitting], learned: list[Online]) -> None:
    found = counted(attended, learned)
    for each in attended:
        result = found[each.item_id]
        assert result.ms <= min(each.most_ms, length_ms([each.planned]))
        assert not without(result.spans, [each.planned])
        assert not without(result.spans, [each.presence.span] if each.presence.span else [])


@given(sittings(), online)
def test_no_day_comes_beyond_its_cap_by_attendance(attended: list[Sitting], learned: list[Online]) -> None:
    pieces = [span for each in counted(attended, learned).values() for span in each.spans]
    days: dict[int, list[Span]] = {}
    for piece in [*pieces, *(each.span for each in learned)]:
        for day, start_ms, end_ms in cut_at_midnight(*piece):
            days.setdefault(day, []).append((start_ms, end_ms))
    for of_day in days.values():
        from_online = in_all([span for span in of_day if not without([span], [each.span for each in learned])])
        assert in_all(of_day) <= max(CAP, from_online)


@given(sittings(), online, st.randoms(use_true_random=False))
def test_it_makes_no_difference_in_which_order_anything_became_known(
    attended: list[Sitting], learned: list[Online], shuffled: object
) -> None:
    before = counted(attended, learned)
    shuffled.shuffle(attended)  # type: ignore[attr-defined]
    shuffled.shuffle(learned)  # type: ignore[attr-defined]
    assert counted(attended, learned) == before


@given(sittings(), online, spans())
def test_learning_more_online_never_makes_attendance_count_more(
    attended: list[Sitting], learned: list[Online], more: Span
) -> None:
    def total(with_online: list[Online]) -> int:
        return sum(each.ms for each in counted(attended, with_online).values())

    assert total([*learned, Online(7, more)]) <= total(learned)
