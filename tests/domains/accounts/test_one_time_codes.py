"""Codes that prove a mobile number: once, for one purpose and one number, for five minutes and five tries (clause M1)."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.errors import CodeNotSent, CodeOver, CodeWrong, NotAPhone, RegistrationClosed, TooManyAttempts
from jiangxue.accounts.jobs import forget_codes_and_attempts
from jiangxue.accounts.models import CountedAttempt, OneTimeCode
from jiangxue.accounts.rules.limits import Limit, refused_until
from jiangxue.accounts.rules.one_time_codes import CodePurpose, code_from
from jiangxue.accounts.services.codes import forget_codes, prove_phone, send_code, spend_code
from jiangxue.accounts.services.limiting import claim_attempt, forget_attempts
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.kernel.clock import MachineClock
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.registering import BROKEN, FROM, PHONE, code_for
from tests.refusals import refusal_of

A_MINUTE = timedelta(minutes=1)
REGISTER = CodePurpose.REGISTER


def _heard(code: str, phone: str = PHONE, purpose: CodePurpose = REGISTER, after: timedelta = timedelta()) -> int:
    return prove_phone(purpose=purpose, phone=phone, code=code, now=MORNING + after).code_id


@given(st.floats(0, 1, exclude_max=True))
def test_every_draw_is_a_code_of_six_digits(drawn: float) -> None:
    code = code_from(drawn)
    assert len(code) == 6
    assert code.isascii()
    assert code.isdecimal()


@pytest.mark.clause("M1")
def test_the_code_that_was_sent_proves_the_number_however_it_is_typed(db: None) -> None:
    code = code_for("139-0000 2222", MORNING)
    assert code == "123456"
    assert _heard("１２３ ４５６") == OneTimeCode.objects.get().pk


@pytest.mark.clause("M1")
def test_neither_code_nor_number_can_be_read_in_the_database(db: None) -> None:
    code = code_for(PHONE, MORNING)
    row = OneTimeCode.objects.values_list().get()
    for secret in (code, PHONE):
        assert secret not in str(row)
        assert secret.encode() not in b"".join(each for each in row if isinstance(each, bytes | memoryview))


@pytest.mark.clause("M1")
def test_a_code_is_used_once(db: None) -> None:
    proved = prove_phone(purpose=REGISTER, phone=PHONE, code=code_for(PHONE, MORNING), now=MORNING)
    spend_code(proved, now=MORNING)
    assert refusal_of(lambda: spend_code(proved, now=MORNING)) is CodeOver
    assert refusal_of(lambda: _heard("123456")) is CodeOver


@pytest.mark.parametrize(("minutes", "seconds", "holds"), [(4, 59, True), (5, 0, False)])
def test_a_code_holds_for_five_minutes(db: None, minutes: int, seconds: int, *, holds: bool) -> None:
    code, after = code_for(PHONE, MORNING), timedelta(minutes=minutes, seconds=seconds)
    assert refusal_of(lambda: _heard(code, after=after)) is (None if holds else CodeOver)


@pytest.mark.clause("M1")
def test_after_five_wrong_ones_the_right_code_proves_nothing(db: None) -> None:
    code = code_for(PHONE, MORNING)
    left = []
    for _ in range(5):
        with pytest.raises(CodeWrong) as wrong:
            _heard("000000")
        left.append(wrong.value.left)
    assert left == [4, 3, 2, 1, 0]
    assert refusal_of(lambda: _heard(code)) is CodeOver


def test_a_code_is_for_its_number_and_its_purpose_alone(db: None) -> None:
    code = code_for(PHONE, MORNING)
    assert refusal_of(lambda: _heard(code, phone="13900003333")) is CodeOver
    assert refusal_of(lambda: _heard(code, purpose=CodePurpose.RECOVER)) is CodeOver


def test_an_earlier_code_holds_no_more_once_there_is_another(db: None) -> None:
    first = code_for(PHONE, MORNING)
    send_code(purpose=REGISTER, phone=PHONE, by=FROM, now=MORNING + A_MINUTE, chance=lambda: 0.5)
    with pytest.raises(CodeWrong):
        _heard(first, after=A_MINUTE)
    assert _heard("500000", after=A_MINUTE)


@pytest.mark.clause("M1")
def test_one_a_minute_and_ten_a_day_go_to_a_number_from_wherever(db: None) -> None:
    code_for(PHONE, MORNING)
    with pytest.raises(TooManyAttempts) as soon:
        code_for(PHONE, MORNING + timedelta(seconds=59), by=Actor(address="10.9.9.9"))
    assert soon.value.until == MORNING + A_MINUTE
    for number in range(1, 10):
        code_for(PHONE, MORNING + number * A_MINUTE, by=Actor(address=f"10.0.1.{number}"))
    with pytest.raises(TooManyAttempts) as spent:
        code_for(PHONE, MORNING + 10 * A_MINUTE, by=Actor(address="10.9.9.9"))
    assert spent.value.until == MORNING + timedelta(days=1)
    code_for("13900003333", MORNING + 10 * A_MINUTE)


def test_a_hundred_a_day_go_out_for_one_address(db: None) -> None:
    for number in range(100):
        code_for(f"139000{number:05d}", MORNING)
    assert refusal_of(lambda: code_for(PHONE, MORNING)) is TooManyAttempts
    assert code_for(PHONE, MORNING, by=Actor(address="10.9.9.9"))


def test_what_is_no_mobile_number_is_sent_nothing(db: None) -> None:
    with pytest.raises(NotAPhone):
        code_for("12900001234", MORNING)
    assert not CountedAttempt.objects.exists()


@override_settings(CODE_SENDER=BROKEN)
def test_a_message_that_does_not_go_out_is_said_and_not_shown(db: None) -> None:
    with pytest.raises(CodeNotSent):
        code_for(PHONE, MORNING)
    assert AuditEntry.objects.get(action="code.sent").result == "refused"


@override_settings(CODE_SENDER="")
def test_without_a_sender_there_are_no_codes(db: None) -> None:
    with pytest.raises(RegistrationClosed):
        code_for(PHONE, MORNING)


def test_what_has_served_is_removed(db: None) -> None:
    code_for(PHONE, MORNING)
    later = MORNING + timedelta(days=1)
    assert (forget_codes(now=later - A_MINUTE), forget_attempts(now=later - A_MINUTE)) == (0, 0)
    assert (forget_codes(now=later), forget_attempts(now=later)) == (1, 2)


def test_the_job_removes_what_has_served_and_leaves_what_holds(db: None) -> None:
    code_for(PHONE, MORNING - timedelta(days=2_000))
    code_for(PHONE, MachineClock().now())
    forget_codes_and_attempts(0)
    assert (OneTimeCode.objects.count(), CountedAttempt.objects.count()) == (1, 2)


def test_an_attempt_that_is_refused_is_counted_under_no_name(db: None) -> None:
    limit = (Limit(1, A_MINUTE),)
    claim_attempt({"a": limit}, now=MORNING)
    with pytest.raises(TooManyAttempts):
        claim_attempt({"a": limit, "b": limit}, now=MORNING)
    claim_attempt({"b": limit}, now=MORNING)


@given(st.lists(st.integers(0, 200), max_size=30), st.integers(1, 5), st.integers(1, 60))
def test_no_window_ever_holds_more_than_its_limit(minutes: list[int], most: int, within: int) -> None:
    limit, heard = Limit(most, within * A_MINUTE), []
    for minute in sorted(minutes):
        now = MORNING + minute * A_MINUTE
        if refused_until(heard, [limit], now) is None:
            heard.append(now)
    assert all(len(_within(heard, end, limit)) <= most for end in heard)


def _within(heard: Sequence[object], end: object, limit: Limit) -> list[object]:
    return [at for at in heard if end - limit.within < at <= end]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "changed"),
    [("accounts_code_purpose_known", {"purpose": "other"}), ("accounts_code_tried_five_times", {"tries": 6})],
)
def test_the_database_keeps_a_code_to_its_purpose_and_its_tries(
    db: None, name: str, changed: dict[str, object]
) -> None:
    code_for(PHONE, MORNING)
    with broken(name):
        OneTimeCode.objects.update(**changed)
