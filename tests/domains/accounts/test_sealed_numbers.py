"""Identity and phone numbers as the database, a dump or a thief sees them."""

import pytest
from django.db import IntegrityError, connection, transaction

from jiangxue.accounts.models import Account, Identity
from jiangxue.accounts.queries import account_by_identifier, own_numbers
from jiangxue.accounts.services import Person, create_account
from jiangxue.djangokit.sealed import blind_index, reveal
from jiangxue.kernel.crypto import KEY_BYTES, NotGenuine
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import people

NUMBER = "11010519491231002X"
PHONE = "13900000001"  # not of the numbers that the factory gives out


@pytest.fixture
def learner(db: None) -> Account:
    return _account("zhangsan", NUMBER, PHONE)


def _account(login_name: str, id_number: str, phone: str) -> Account:
    person = Person(login_name, "张三", people.PASSWORD, id_number, phone)
    return create_account(person, roles=[(Role.LEARNER, None)], now=MORNING)


def _whole_row(account: Account) -> bytes:
    """Return everything that the row holds, as bytes and as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT i.*, i::text FROM accounts_identity i WHERE account_id = %s", [account.pk])
        row = cursor.fetchone()
    return b"|".join(bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode() for value in row)


@pytest.mark.clause("M2")
def test_nothing_readable_lies_in_the_row(learner: Account) -> None:
    row = _whole_row(learner)
    for secret in (NUMBER, PHONE, "19491231", "110105", "0000001"):
        assert secret.encode() not in row
        assert secret.encode().hex().encode() not in row


def test_the_owner_reads_the_numbers_in_full(learner: Account) -> None:
    assert own_numbers(people.viewer(learner)) == (NUMBER, PHONE)


def test_an_account_without_numbers_has_none_to_show(db: None) -> None:
    staff = create_account(Person("staff", "何老师", people.PASSWORD), roles=[(Role.REVIEWER, None)], now=MORNING)
    assert own_numbers(people.viewer(staff)) == ("", "")


@pytest.mark.clause("M2")
@pytest.mark.parametrize("field", ["id_number", "phone"])
def test_a_blob_that_was_moved_to_another_row_does_not_open(learner: Account, field: str) -> None:
    other = people.account(now=MORNING)
    Identity.objects.filter(pk=other.pk).update(**{field: getattr(learner.identity, field)})
    with pytest.raises(NotGenuine):
        reveal(Identity.objects.get(pk=other.pk), field)


@pytest.mark.clause("M2")
def test_a_blob_that_was_moved_to_another_column_does_not_open(learner: Account) -> None:
    Identity.objects.filter(pk=learner.pk).update(id_number=learner.identity.phone)
    with pytest.raises(NotGenuine):
        reveal(Identity.objects.get(pk=learner.pk), "id_number")


@pytest.mark.clause("M2")
def test_the_index_is_keyed(learner: Account, settings) -> None:
    """Without the key a thief cannot go through all numbers, of which there are few enough."""
    kept = bytes(Identity.objects.get(pk=learner.pk).phone_index)
    assert kept == blind_index("phone", PHONE)
    settings.INDEX_KEY = bytes(KEY_BYTES)
    assert kept != blind_index("phone", PHONE)
    assert account_by_identifier(PHONE) is None


def test_numbers_are_kept_in_one_spelling(db: None) -> None:
    account = _account("zhangsan", "１１０１０５１９４９１２３１００２ｘ", "139-0000-0001")
    assert own_numbers(people.viewer(account)) == (NUMBER, PHONE)


@pytest.mark.clause("M1")
def test_one_person_has_one_account_however_the_number_is_typed(learner: Account) -> None:
    with pytest.raises(IntegrityError, match="accounts_one_account_per_id_number"), transaction.atomic():
        _account("zhangsan2", "110105 19491231 002x", "13900000002")
    assert not Account.objects.filter(login_name="zhangsan2").exists()


@pytest.mark.clause("M1")
@pytest.mark.parametrize(
    ("id_number", "phone"),
    [("110105194912310021", PHONE), ("11010519491231002", PHONE), (NUMBER, "12800000001"), ("", PHONE)],
)
def test_a_wrong_number_makes_no_account(db: None, id_number: str, phone: str) -> None:
    with pytest.raises(ValueError, match="number"):
        _account("zhangsan", id_number, phone)
    assert not Account.objects.exists()
