"""Many who register, guess and send at the same moment, each on a connection of their own (clause M1)."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from jiangxue.accounts.models import Account, Identity, OneTimeCode
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services.codes import prove_phone
from jiangxue.accounts.services.registering import register
from jiangxue.audit.services import Actor
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.registering import APPLICATION, FROM, PHONE, code_for

pytestmark = [pytest.mark.clause("M1"), pytest.mark.usefixtures("committed_database")]


def test_guesses_at_once_are_heard_as_five() -> None:
    code_for(PHONE, MORNING)
    guess = partial(prove_phone, purpose=CodePurpose.REGISTER, phone=PHONE, code="000000", now=MORNING)
    assert Counter(at_once(*[guess] * 16)) == {"CodeWrong": 5, "CodeOver": 11}
    assert OneTimeCode.objects.get().tries == 5


def test_a_code_that_is_sent_twice_at_once_is_sent_once() -> None:
    sends = [partial(code_for, PHONE, MORNING, by=Actor(address=f"10.0.0.{number}")) for number in range(8)]
    assert Counter(at_once(*sends)) == {"done": 1, "TooManyAttempts": 7}


def test_one_number_registered_many_times_at_once_makes_one_account() -> None:
    processing = {Purpose.PROCESSING: PURPOSES[Purpose.PROCESSING].version}
    sent = [replace(APPLICATION, phone=f"1390000{number:04d}", agreed=processing) for number in range(6)]
    ready = [replace(each, code=code_for(each.phone, MORNING)) for each in sent]
    ends = at_once(*[partial(register, each, by=FROM, now=MORNING) for each in ready])
    assert Counter(ends) == {"done": 1, "NumberTaken": 5}
    assert Account.objects.count() == Identity.objects.count() == 1


def test_one_code_registers_one_of_those_who_use_it_at_once() -> None:
    code = code_for(PHONE, MORNING)
    later = MORNING + timedelta(seconds=1)
    mine = [
        replace(
            APPLICATION,
            code=code,
            id_number=people.id_number(number),
            agreed={Purpose.PROCESSING: PURPOSES[Purpose.PROCESSING].version},
        )
        for number in range(1, 6)
    ]
    ends = at_once(*[partial(register, each, by=FROM, now=later) for each in mine])
    assert Counter(ends) == {"done": 1, "CodeOver": 4}
    assert Account.objects.count() == 1
