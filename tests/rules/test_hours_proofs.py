"""What a proof of hours says, and its code (docs/rules/hours-proofs.md)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.ids import CODE_SIGNS, new_code
from jiangxue.supervision.rules.hours_proofs import (
    ProofState,
    code_of,
    falls_short,
    kept_hours,
    proved_hours,
    shown_code,
)

pytestmark = pytest.mark.clause("T1.3")
CODES = st.text(CODE_SIGNS, min_size=16, max_size=16)
HUNDREDTHS = st.integers(0, 100_000)


def figures(
    online: int = 0, live: int = 0, practice: int = 0, *, recognised_ms: int = 0, declared: int = 0
) -> dict[str, object]:
    return {
        "hours": {"online": online, "live": live, "practice": practice},
        "declared": {"online": declared, "live": 0, "practice": 0},
        "time": {"confirmed_ms": recognised_ms, "corrected_ms": 0, "refused_ms": {}},
        "recognised_ms": recognised_ms,
    }


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    said = shown_code(code)
    misread = said.replace("0", "o").replace("1", "l").lower()
    for typed in (code, said, said.replace("-", " "), misread, f"  {misread}\n"):
        assert code_of(typed) == code


@pytest.mark.parametrize("said", ["", "7K3M", "U" * 16, "A" * 17, "７" * 16 + "x", "../../etc/passwd", "\x00" * 16])
def test_what_is_no_code_is_none(said: str) -> None:
    assert code_of(said) == ""


def test_codes_are_random_and_never_alike() -> None:
    found = {new_code() for _ in range(2_000)}
    assert len(found) == 2_000
    assert set("".join(found)) == set(CODE_SIGNS)
    assert all(code_of(code) == code for code in found)


@given(HUNDREDTHS, HUNDREDTHS, HUNDREDTHS, st.booleans())
def test_what_is_kept_says_what_was_proved(online: int, live: int, practice: int, is_settled: bool) -> None:
    found = proved_hours(figures(online, live, practice, recognised_ms=online * 27_000), is_settled=is_settled)
    assert kept_hours(found.to_values()) == found
    assert found.hours == online + live + practice
    assert found.ms == (online + live + practice) * 27_000
    assert (found.state is ProofState.SETTLED) is is_settled


def test_minutes_online_are_those_of_recognised_lessons_not_of_rounded_hours() -> None:
    found = proved_hours(figures(online=177, recognised_ms=80 * 60_000, declared=200), is_settled=True)
    assert found.modes["online"].ms == 80 * 60_000
    assert list(found.modes) == ["online"]


@given(HUNDREDTHS, HUNDREDTHS, st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_paper_falls_short_when_less_counts_than_it_says_and_never_when_more_does(
    hours: int, more: int, ms: int, more_ms: int
) -> None:
    said = proved_hours(figures(hours, live=hours, recognised_ms=ms), is_settled=False)
    grown = proved_hours(figures(hours + more, live=hours, recognised_ms=ms + more_ms), is_settled=True)
    without_live = proved_hours(figures(hours + more, recognised_ms=ms + more_ms), is_settled=True)
    assert not falls_short(grown, said)
    assert falls_short(said, grown) is bool(more or more_ms)
    assert falls_short(without_live, said) is bool(hours)


def test_nothing_is_nothing() -> None:
    assert proved_hours(figures(declared=800), is_settled=False).is_nothing
    assert not proved_hours(figures(recognised_ms=60_000), is_settled=False).is_nothing
