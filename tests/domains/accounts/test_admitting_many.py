"""Many people written down at once: one account for each number and one number for each account, whoever else acts at the same moment (clauses C3, M1; decision 0036)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from jiangxue.accounts.errors import (
    AccountRefusal,
    NameUnfit,
    NotAPhone,
    NumberUnderOtherName,
    NumberUnfit,
    Restricted,
)
from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.queries import account_by_identifier
from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.admitting import Admitted, Outcome, WrittenDown, admit, write_phones
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.kernel.viewer import Role
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.registering import registered

LATER = MORNING + timedelta(minutes=2)


def somebody(serial: int) -> WrittenDown:
    return WrittenDown("王建国", IdType.RESIDENT, people.id_number(600_000 + serial), f"137{serial:08d}")


def written(*those: WrittenDown) -> list[Outcome]:
    return admit(those, by=PROGRAM, now=MORNING)


def kinds(outcomes: Sequence[Outcome]) -> list[type]:
    return [type(each) for each in outcomes]


@pytest.mark.clause("C3", "M1")
@pytest.mark.usefixtures("db")
def test_each_has_an_account_of_their_own_in_the_order_of_the_list() -> None:
    outcomes = written(*(somebody(serial) for serial in range(5)))
    found = [person_in_full(each.account_id) for each in outcomes if isinstance(each, Admitted)]
    assert [each.id_number for each in found] == [somebody(serial).id_number for serial in range(5)]
    assert [each.phone for each in found] == [somebody(serial).phone for serial in range(5)]
    assert Membership.objects.filter(role=Role.LEARNER).count() == 5
    told = AuditEntry.objects.filter(action="account.written_down").values_list("object_id", flat=True)
    assert set(told) == {str(each.account_id) for each in outcomes if isinstance(each, Admitted)}
    assert isinstance(outcomes[0], Admitted)
    assert written(somebody(0)) == [Admitted(outcomes[0].account_id, is_new=False)]


@pytest.mark.usefixtures("db")
def test_a_refusal_of_one_keeps_nobody_else_out() -> None:
    held = written(somebody(1), somebody(2))
    assert isinstance(held[1], Admitted)
    Account.objects.filter(pk=held[1].account_id).update(restricted_at=MORNING)
    outcomes = written(
        replace(somebody(1), name="王建军"),
        somebody(2),
        replace(somebody(3), id_number="11010519491231002"),
        replace(somebody(3), name="王1"),
        replace(somebody(3), phone="12345"),
        somebody(3),
    )
    assert kinds(outcomes) == [NumberUnderOtherName, Restricted, NumberUnfit, NameUnfit, NotAPhone, Admitted]
    assert Account.objects.count() == 3


@pytest.mark.usefixtures("db")
def test_who_stands_twice_in_a_list_is_one_person_and_another_name_is_refused() -> None:
    outcomes = written(somebody(1), replace(somebody(1), name="王 建国"), replace(somebody(1), name="李四"))
    assert kinds(outcomes) == [Admitted, Admitted, NumberUnderOtherName]
    assert Account.objects.count() == 1


@pytest.mark.usefixtures("db")
def test_of_two_with_one_mobile_number_the_first_by_number_has_it_and_it_is_said() -> None:
    two = (somebody(1), replace(somebody(2), phone=somebody(1).phone))
    outcomes = written(*two)
    assert sorted(each.has_phone for each in outcomes if isinstance(each, Admitted)) == [False, True]
    third = written(replace(somebody(3), phone=somebody(1).phone))
    assert third[0] == Admitted(Account.objects.latest("pk").pk, is_new=True, has_phone=False)


@pytest.mark.usefixtures("db")
def test_mobile_numbers_are_mended_for_those_alone_who_have_not_come() -> None:
    one, two, three = (each.account_id for each in written(*map(somebody, range(3))) if isinstance(each, Admitted))
    Account.objects.filter(pk=two).update(password=people.account(now=MORNING).password)
    wanted = {one: "13600000001", two: "13600000002", three: somebody(1).phone}
    assert write_phones(wanted, by=PROGRAM, now=LATER) == {one}
    assert [person_in_full(pk).phone for pk in (one, two, three)] == [
        "13600000001",
        somebody(1).phone,
        somebody(2).phone,
    ]
    assert AuditEntry.objects.filter(action="phone.written_down").count() == 1


@pytest.mark.usefixtures("db")
def test_many_take_as_many_statements_as_few(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(15):
        written(*(somebody(serial) for serial in range(60)))


@pytest.fixture
def clock(committed_database: str) -> HandClock:
    return HandClock(MachineClock().now().replace(hour=1, minute=0, microsecond=0))


@pytest.mark.clause("M1")
def test_lists_that_cross_at_the_same_moment_do_not_wait_for_each_other(clock: HandClock) -> None:
    """One list has the people in their order, the other backwards and with the mobile numbers handed round."""
    those = [somebody(serial) for serial in range(40)]
    round_robin = [replace(each, phone=those[at - 1].phone) for at, each in enumerate(those)][::-1]
    lists = (those, round_robin, those[::-1], round_robin[::-1])
    assert at_once(*[lambda each=each: refuse_none(each) for each in lists]) == ["done"] * 4
    assert Account.objects.count() == Identity.objects.count() == 40
    assert AuditEntry.objects.filter(action="account.written_down").count() == 40


def refuse_none(those: Sequence[WrittenDown]) -> None:
    for each in admit(those, by=PROGRAM, now=MORNING):
        if isinstance(each, AccountRefusal):
            raise each


@pytest.mark.clause("M1")
def test_who_registers_while_a_list_names_them_has_one_account(clock: HandClock) -> None:
    """The list gives their mobile number to somebody else, and theirs to them: all that could wait crosswise does."""
    own = WrittenDown("王建国", IdType.RESIDENT, "11010519491231002X", "13711110000")
    those = [replace(somebody(1), phone="13900002222"), own, *map(somebody, range(2, 20))]
    ends = at_once(lambda: refuse_none(those), lambda: registered(clock.now()))
    assert ends in (["NumberTaken", "done"], ["done", "done"])
    assert account_by_identifier("13900002222") is not None
    assert Identity.objects.count() == 20
