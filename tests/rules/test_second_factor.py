"""A code of an app proves a second factor once, near its time, and nothing else does. Clause M3."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jiangxue.accounts.rules.second_factor import (
    accepted_step,
    in_groups,
    needs_second_factor,
    recovery_code,
    typed_code,
    usable_code,
)
from jiangxue.kernel.totp import STEP_S, code_at, step_at, uri, written
from jiangxue.kernel.viewer import Role

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
secrets = st.binary(min_size=20, max_size=20)
moments = st.integers(1_600_000_000, 2_800_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, the last six of its eight digits."""
    assert code_at(SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@given(secrets, moments, st.integers(-1, 1))
def test_the_code_of_a_step_beside_the_present_is_taken(secret: bytes, now: datetime, drift: int) -> None:
    step = step_at(now) + drift
    assert accepted_step(secret, code_at(secret, step), now=now, used=0) is not None


@given(secrets, moments)
def test_no_code_is_taken_twice(secret: bytes, now: datetime) -> None:
    code = code_at(secret, step_at(now))
    taken = accepted_step(secret, code, now=now, used=0)
    assert taken is not None
    again = accepted_step(secret, code, now=now + timedelta(seconds=STEP_S), used=taken)
    assert again is None or again > taken  # two steps may happen to have one code


@given(secrets, moments, st.integers(2, 10_000))
def test_an_old_code_is_not_taken(secret: bytes, now: datetime, steps: int) -> None:
    code = code_at(secret, step_at(now) - steps)
    assume(code not in {code_at(secret, step_at(now) + drift) for drift in (-1, 0, 1)})
    assert accepted_step(secret, code, now=now, used=0) is None


@given(st.text(max_size=12))
def test_what_is_no_code_is_not_taken(typed: str) -> None:
    real = {code_at(SECRET, step_at(NOW) + drift) for drift in (-1, 0, 1)}
    assert (accepted_step(SECRET, typed, now=NOW, used=0) is not None) == (typed in real)


def test_a_code_may_be_typed_with_spaces_and_in_full_width() -> None:
    assert typed_code(" 287 082 ") == typed_code("２８７－０８２") == "287082"
    assert typed_code("abcd-efgh") == "ABCDEFGH"


def test_the_code_that_was_used_is_not_shown_again() -> None:
    assert usable_code(SECRET, now=NOW, used=0) == code_at(SECRET, step_at(NOW))
    assert usable_code(SECRET, now=NOW, used=step_at(NOW)) == code_at(SECRET, step_at(NOW) + 1)
    assert usable_code(SECRET, now=NOW, used=step_at(NOW) + 1) == ""


def test_only_learners_sign_in_without_one() -> None:
    assert not needs_second_factor([Role.LEARNER])
    assert not needs_second_factor([])
    assert all(needs_second_factor([Role.LEARNER, role]) for role in Role if role is not Role.LEARNER)


def test_secrets_are_written_as_people_and_apps_read_them() -> None:
    assert in_groups(written(b"\0" * 10)) == "AAAA AAAA AAAA AAAA"
    assert recovery_code(b"\xff" * 10) == "7777-7777-7777-7777"
    assert uri(SECRET, issuer="匠学", account="person1").startswith(
        "otpauth://totp/%E5%8C%A0%E5%AD%A6%3Aperson1?secret="
    )
