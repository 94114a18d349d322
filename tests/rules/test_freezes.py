"""Which days are not recognised: frozen until somebody has decided, withheld by the last decision (clauses M6, C5)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiangxue.archive.rules.freezes import Days, KeptOut, Ruling, all_kept_out, kept_out, lie_within, time_kept_out

_FIRST = date(2026, 11, 1)
_days = st.integers(0, 20).map(lambda offset: _FIRST + timedelta(days=offset))
_spans = st.one_of(st.just(Days()), st.tuples(_days, _days).map(lambda pair: Days(min(pair), max(pair))))
_open = st.builds(Ruling, _spans)
_lapsed = st.builds(Ruling, _spans, is_lapsed=st.just(True))
_decided = st.builds(
    Ruling, _spans, is_lapsed=st.booleans(), withheld=st.frozensets(_days), decided=st.integers(1, 1_000)
)
_rulings = st.lists(st.one_of(_open, _lapsed, _decided), max_size=6, unique_by=lambda each: each.decided or id(each))


@given(_rulings, _days)
def test_what_no_freeze_ever_held_is_recognised(rulings: list[Ruling], day: date) -> None:
    if not any(day in each.days for each in rulings):
        assert kept_out(rulings, day) is None


@given(_rulings, _open, _days)
def test_an_open_freeze_keeps_its_days_out_whatever_else_was_decided(
    rulings: list[Ruling], frozen: Ruling, day: date
) -> None:
    if day in frozen.days:
        assert kept_out([*rulings, frozen], day) is KeptOut.FROZEN


@given(st.lists(_lapsed), _days)
def test_what_has_run_out_keeps_nothing(rulings: list[Ruling], day: date) -> None:
    assert kept_out(rulings, day) is None


@given(st.lists(_decided, max_size=6, unique_by=lambda each: each.decided), _spans, st.frozensets(_days), _days)
def test_the_last_decision_about_a_day_holds(
    before: list[Ruling], days: Days, withheld: frozenset[date], day: date
) -> None:
    last = Ruling(days, withheld=withheld, decided=1_001)
    if day in days:
        assert kept_out([last, *before], day) is (KeptOut.WITHHELD if day in withheld else None)
    else:
        assert kept_out([last, *before], day) is kept_out(before, day)


@given(_rulings, st.lists(_days))
def test_days_that_are_not_recognised_are_told_with_their_reason(rulings: list[Ruling], days: list[date]) -> None:
    found = all_kept_out(rulings, days)
    assert found == {day: kept_out(rulings, day) for day in days if kept_out(rulings, day) is not None}


def test_a_freeze_includes_both_ends() -> None:
    days = Days(date(2026, 11, 2), date(2026, 11, 4))
    assert [date(2026, 11, day) in days for day in range(1, 6)] == [False, True, True, True, False]
    assert lie_within([date(2026, 11, 2), date(2026, 11, 4)], days)
    assert not lie_within([date(2026, 11, 2), date(2026, 11, 5)], days)


_START_MS = 1_793_462_400_000
"""Midnight of 1 November 2026 in Shanghai."""
_HOUR_MS = 3_600_000
_stretches = st.lists(
    st.tuples(st.integers(0, 20 * 24), st.integers(1, 30)).map(
        lambda pair: (_START_MS + pair[0] * _HOUR_MS, _START_MS + (pair[0] + pair[1]) * _HOUR_MS)
    ),
    max_size=5,
)


@given(_rulings, _stretches)
def test_of_a_stretch_no_more_is_kept_out_than_there_is(rulings: list[Ruling], spans: list[tuple[int, int]]) -> None:
    assert sum(time_kept_out(rulings, spans).values()) <= sum(end - start for start, end in spans)
    assert time_kept_out([*rulings, Ruling(Days())], spans) == (
        {"frozen": sum(end - start for start, end in spans)} if spans else {}
    )


def test_midnight_cuts_a_stretch_of_which_one_day_is_frozen() -> None:
    day = Ruling(Days(_FIRST, _FIRST))
    span = (_START_MS + 22 * _HOUR_MS, _START_MS + 25 * _HOUR_MS)
    assert time_kept_out([day], [span]) == {"frozen": 2 * _HOUR_MS}
