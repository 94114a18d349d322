"""Signing in by phone number, identity number or login name; what locks it and what unlocks it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connection

from jiangxue.accounts import authentication
from jiangxue.accounts.errors import AccountRefusal, SignInLocked, WrongCredentials
from jiangxue.accounts.models import Account, FailedSignIn
from jiangxue.accounts.queries import own_numbers
from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.accounts.services import Person, change_password, create_account, sign_in
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import people

PASSWORD = "Jiangxue2026"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def learner(db: None, settings: Any) -> Account:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return _learner()


def _learner() -> Account:
    person = Person("zhang-san", "张三", PASSWORD, "11010519491231002X", "13800000001")
    return create_account(person, roles=[(Role.LEARNER, None)], now=MORNING)


def _try(identifier: str = "zhang-san", password: str = PASSWORD, now: datetime = MORNING) -> Account:
    return sign_in(identifier=identifier, password=password, address="192.0.2.1", now=now)


def _fail(times: int, identifier: str = "zhang-san", now: datetime = MORNING) -> None:
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            _try(identifier, "wrong", now)


@pytest.mark.parametrize(
    "identifier",
    [
        "zhang-san",
        "ZHANG-SAN",
        "ｚｈａｎｇ-ｓａｎ",
        "13800000001",
        "138 0000 0001",
        "１３８０００００００１",
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２ｘ",
    ],
)
def test_a_person_signs_in_by_any_of_their_names_in_any_width(learner: Account, identifier: str) -> None:
    assert _try(identifier) == learner


def test_a_wrong_password_is_refused(learner: Account) -> None:
    with pytest.raises(WrongCredentials):
        _try(password="jiangxue2026")


def test_a_password_is_taken_as_it_is_typed(learner: Account) -> None:
    with pytest.raises(WrongCredentials):
        _try(password=f" {PASSWORD}")


def test_an_account_that_is_not_active_is_refused_like_a_wrong_password(learner: Account) -> None:
    Account.objects.update(is_active=False)
    with pytest.raises(WrongCredentials):
        _try()


@pytest.mark.clause("M3")
def test_five_wrong_passwords_lock_also_the_right_one(learner: Account) -> None:
    _fail(5)
    with pytest.raises(SignInLocked) as refusal:
        _try()
    assert refusal.value.until == MORNING + 30 * MINUTE


@pytest.mark.clause("M3")
def test_half_an_hour_unlocks(learner: Account) -> None:
    _fail(5)
    with pytest.raises(SignInLocked):
        _try(now=MORNING + 30 * MINUTE - timedelta(seconds=1))
    assert _try(now=MORNING + 30 * MINUTE) == learner


def test_trying_during_a_lock_does_not_lengthen_it(learner: Account) -> None:
    _fail(5)
    with pytest.raises(SignInLocked):
        _try(password="wrong", now=MORNING + 29 * MINUTE)
    assert _try(now=MORNING + 30 * MINUTE) == learner


def test_a_right_password_forgives_the_wrong_ones_before_it(learner: Account) -> None:
    _fail(4)
    _try()
    _fail(4)
    assert _try() == learner


def test_spellings_of_one_identifier_are_counted_together(learner: Account) -> None:
    for spelling in (
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
    ):
        _fail(1, spelling)
    _fail(1, "110105-19491231-002x")
    with pytest.raises(SignInLocked):
        _try("11010519491231002X")


def test_one_persons_lock_is_not_anothers(learner: Account) -> None:
    first_17 = "44010419900101001"
    other = create_account(
        Person("li-si", "李四", PASSWORD, first_17 + check_digit(first_17)), roles=[(Role.LEARNER, None)], now=MORNING
    )
    _fail(5)
    assert _try("li-si") == other


@pytest.mark.clause("M3")
@pytest.mark.parametrize("unknown", ["nobody", "13900000009", "440104199001010011"])
def test_an_identifier_that_nobody_has_is_refused_and_locked_alike(learner: Account, unknown: str) -> None:
    _fail(5, unknown)
    with pytest.raises(SignInLocked) as refusal:
        _try(unknown)
    assert refusal.value.until == MORNING + 30 * MINUTE


@pytest.mark.clause("M3")
def test_an_identifier_that_nobody_has_costs_one_hashing_too(learner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the time of the answer tells who has an account."""
    hashed: list[str] = []

    def counting(name: str) -> Any:
        real = getattr(hashers, name)
        return lambda password, *rest: hashed.append(name) or real(password, *rest)

    monkeypatch.setattr(authentication, "make_password", counting("make_password"))
    monkeypatch.setattr(authentication, "check_password", counting("check_password"))
    _fail(1, "nobody")
    _fail(1)
    assert hashed == ["make_password", "check_password"]


def test_what_was_typed_is_kept_nowhere(learner: Account) -> None:
    _fail(5, "13900000009")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(f)::text FROM accounts_failedsignin f")
        rows = "".join(row for (row,) in cursor.fetchall())
        cursor.execute("SELECT row_to_json(a)::text FROM audit_auditentry a")
        rows += "".join(row for (row,) in cursor.fetchall())
    assert "13900000009" not in rows


@pytest.mark.clause("M3")
def test_every_attempt_is_recorded_with_its_result(learner: Account) -> None:
    _try()
    _fail(5)
    with pytest.raises(SignInLocked):
        _try()
    recorded = AuditEntry.objects.filter(action__startswith="sign_in").order_by("pk")
    assert list(recorded.values_list("action", "actor_id", "result", "address")) == [
        ("sign_in", learner.pk, "done", "192.0.2.1"),
        *[("sign_in", None, "refused", "192.0.2.1")] * 5,
        ("sign_in.locked", None, "refused", "192.0.2.1"),
    ]


def test_a_changed_password_is_the_only_one_that_works(learner: Account) -> None:
    change_password(learner, password="Another2026!", by=PROGRAM, now=MORNING + MINUTE)
    with pytest.raises(WrongCredentials):
        _try()
    assert _try(password="Another2026!").password_changed_at == MORNING + MINUTE


def test_a_hash_is_made_by_argon2(db: None) -> None:
    assert _learner().password.startswith("argon2$argon2id$")


@pytest.mark.clause("M3")
def test_a_hundred_guesses_at_once_are_heard_as_five(committed_database: str, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _learner()

    def guess(number: int) -> type[AccountRefusal]:
        try:
            _try(password=f"guess {number}")
        except AccountRefusal as refusal:
            return type(refusal)
        finally:
            connection.close()
        raise AssertionError("a guess was right")

    with ThreadPoolExecutor(10) as pool:
        refusals = list(pool.map(guess, range(100)))
    assert refusals.count(WrongCredentials) == 5
    assert refusals.count(SignInLocked) == 95
    assert FailedSignIn.objects.count() == 5


@pytest.mark.clause("M3")
def test_all_names_of_one_account_count_together(db: None) -> None:
    """Phone number, identity number and login name lead to one person, and to one count of wrong passwords."""
    somebody = people.account(now=MORNING)
    id_number, phone = own_numbers(people.viewer(somebody))
    for identifier in (phone, id_number, somebody.login_name, phone, id_number):
        with pytest.raises(WrongCredentials):
            sign_in(identifier=identifier, password="wrong-password-1", address=None, now=MORNING)
    with pytest.raises(SignInLocked):
        sign_in(identifier=somebody.login_name, password=people.PASSWORD, address=None, now=MORNING)
