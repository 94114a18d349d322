"""A witness that is no server signs by mail: a file goes out, a file comes back."""

import pytest

from jiangxue.ledger.errors import AnswerFault, NotACosignature
from jiangxue.ledger.models import Witness
from jiangxue.ledger.services.witnessing import request_by_mail, take_answer
from tests.conftest import MORNING
from tests.domains.ledger.answering import OTHER, signature
from tests.factories.logs import Log
from tests.factories.witnesses import KEY, countersign, witness

pytestmark = pytest.mark.clause("T1.3")


def refused(of: Witness, answer: str) -> AnswerFault:
    with pytest.raises(NotACosignature) as refusal:
        take_answer(of, answer, now=MORNING)
    return refusal.value.fault


def renewed(of: Witness) -> Witness:
    return Witness.objects.get(pk=of.pk)


def test_a_request_is_answered_and_an_answer_brought_twice_is_kept_once(log: Log) -> None:
    asked = witness()
    log.grow(events=3)
    log.sign()
    text = request_by_mail(asked)
    assert text.startswith("old 0\n\ntest.example/log1\n3\n")
    log.grow(events=2)
    log.sign()
    for _ in range(2):
        assert take_answer(renewed(asked), signature(3), now=MORNING).size == 3
    assert (asked.cosignatures.count(), renewed(asked).outcome) == (1, "signed")
    assert request_by_mail(asked).startswith("old 3\n")


def test_answers_that_are_none_say_why(log: Log) -> None:
    asked = witness()
    assert refused(asked, "") is AnswerFault.NOTHING_ASKED
    with pytest.raises(NotACosignature) as refusal:
        request_by_mail(asked)
    assert refusal.value.fault is AnswerFault.NOTHING_SIGNED
    log.grow(events=3)
    log.sign()
    request_by_mail(asked)
    before = signature(3)
    log.grow()
    log.sign()
    request_by_mail(asked)
    assert refused(renewed(asked), before) is AnswerFault.DOES_NOT_HOLD
    assert refused(renewed(asked), signature(4, private=OTHER)) is AnswerFault.NOT_ITS


def test_what_another_witness_has_signed_is_asked_for_first(log: Log) -> None:
    """An export needs the signatures of several under one checkpoint."""
    log.grow(events=3)
    log.sign()
    countersign(witness("first.example", KEY), MORNING)
    log.grow()
    log.sign()
    second = witness("second.example", OTHER)
    assert "\n3\n" in request_by_mail(second)


def test_a_witness_whose_answer_was_lost_is_asked_from_what_it_remembers(log: Log) -> None:
    asked = witness()
    log.grow(events=3)
    log.sign()
    request_by_mail(asked)
    log.grow(events=2)
    log.sign()
    assert request_by_mail(asked, 3).startswith("old 3\n")
    assert take_answer(renewed(asked), signature(5), now=MORNING).size == 5
    with pytest.raises(NotACosignature) as refusal:
        request_by_mail(asked, 6)
    assert refusal.value.fault is AnswerFault.TOO_LARGE
