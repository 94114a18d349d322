"""Whatever a witness answers over the network, the log keeps only its valid signatures, and people hear of the rest."""

from datetime import timedelta

import pytest

from jiangxue.ledger.errors import AnswerFault, NotACosignature
from jiangxue.ledger.models import Alarm, Checkpoint, Cosignature, Witness
from jiangxue.ledger.rules import note
from jiangxue.ledger.services.witnessing import FUTURE, PAST, Reply, ask_all, keep
from tests.conftest import MORNING
from tests.domains.ledger.answering import OTHER, Answering, signature
from tests.factories.logs import Log
from tests.factories.witnesses import KEY, countersign, witness

pytestmark = pytest.mark.clause("T1.3")
ADDRESS = "https://witness.example/jiangxue/"


@pytest.fixture
def asked(log: Log) -> Witness:
    """Return a witness of a log of three entries that are signed."""
    log.grow(events=3)
    log.sign()
    return witness(address=ADDRESS)


def outcome(of: Witness) -> tuple[str, str]:
    of.refresh_from_db()
    return of.outcome, of.outcome_detail


def test_a_witness_that_signs_is_asked_for_each_checkpoint_once(log: Log, asked: Witness) -> None:
    send = Answering(Reply(200, signature(3)))
    ask_all(send, now=MORNING)
    ask_all(send, now=MORNING)
    assert send.addresses == ["https://witness.example/jiangxue/add-checkpoint"]
    assert (outcome(asked), asked.asked_at) == (("signed", "3"), MORNING)
    log.grow(events=2)
    log.sign()
    second = Answering(Reply(200, signature(5)))
    ask_all(second, now=MORNING)
    assert (send.old_sizes, second.old_sizes) == ([0], [3])
    assert [line.size for line in asked.cosignatures.order_by("size")] == [3, 5]


def test_without_a_checkpoint_or_an_address_nobody_is_asked(log: Log) -> None:
    witness(address=ADDRESS)
    send = Answering(Reply(0, ""))
    ask_all(send, now=MORNING)
    log.grow()
    log.sign()
    Witness.objects.update(address="")
    ask_all(send, now=MORNING)
    Witness.objects.update(address=ADDRESS, retired_at=MORNING)
    ask_all(send, now=MORNING)
    assert not send.requests


def test_a_witness_that_remembers_a_smaller_size_is_sent_the_proof_from_there(log: Log, asked: Witness) -> None:
    countersign(asked, MORNING)
    log.grow(events=4)
    log.sign()
    send = Answering(Reply(409, "2\n"), Reply(200, signature(7)))
    ask_all(send, now=MORNING)
    assert send.old_sizes == [3, 2]
    assert outcome(asked) == ("signed", "7")


def test_a_witness_that_remembers_more_than_there_is_raises_one_alarm(asked: Witness) -> None:
    send = Answering(Reply(409, "4\n"))
    ask_all(send, now=MORNING)
    ask_all(send, now=MORNING)
    assert send.old_sizes == [0, 0]
    assert outcome(asked) == ("ahead", "4")
    assert [alarm.kind for alarm in Alarm.objects.all()] == ["witness.ahead"]


def test_an_alarm_is_raised_anew_after_something_else_has_happened_and_a_day(asked: Witness) -> None:
    for day in range(2):
        for reply in (Reply(422, "1"), Reply(0, ""), Reply(422, "2")):
            ask_all(Answering(reply), now=MORNING + timedelta(days=day, seconds=day))
    assert [alarm.kind for alarm in Alarm.objects.all()] == ["witness.refused"] * 2


def test_a_witness_that_changes_its_mind_all_day_does_not_bury_other_alarms(asked: Witness) -> None:
    """The page shows the last twenty."""
    other = witness("second.example", OTHER, address=ADDRESS)
    Witness.objects.filter(pk=other.pk).update(title="市人力资源和社会保障局")
    for minute in range(50):
        ask_all(Answering(Reply((422, 503)[minute % 2], str(minute))), now=MORNING + timedelta(minutes=minute))
    assert sorted(alarm.detail for alarm in Alarm.objects.all()) == [
        "市人力资源和社会保障局: 422 0",
        "省人力资源和社会保障厅: 422 0",
    ]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(0, "TimeoutError"), "silent"),
        (Reply(403, "签名"), "unknown_key"),
        (Reply(404, ""), "unknown_log"),
        (Reply(422, "proof"), "refused"),
        (Reply(409, "3\n"), "refused"),
        (Reply(409, "three"), "refused"),
        (Reply(400, ""), "odd"),
        (Reply(500, ""), "odd"),
        (Reply(503, ""), "odd"),
        (Reply(200, ""), "odd"),
        (Reply(200, "<html>" + "x" * 8000), "odd"),
        (Reply(302, "https://elsewhere.example"), "odd"),
    ],
)
def test_what_is_no_signature_is_remembered_as_what_it_is(asked: Witness, reply: Reply, kind: str) -> None:
    ask_all(Answering(reply), now=MORNING)
    assert outcome(asked)[0] == kind
    assert Alarm.objects.exists() == (kind == "refused")
    assert not Cosignature.objects.exists()


def test_signs_that_no_database_takes_do_not_keep_others_from_being_asked(asked: Witness) -> None:
    """A witness's answer is a stranger's: a zero byte in it must not end the round."""
    Witness.objects.create(
        title="第二见证方",
        verifier_key=str(note.public_key("other.example", note.WITNESS_KEY, OTHER)),
        address=ADDRESS,
        added_at=MORNING,
    )
    ask_all(Answering(Reply(500, "a\0b\ud7ff\x1b[31m")), now=MORNING)
    assert {each.outcome for each in Witness.objects.all()} == {"odd"}
    assert outcome(asked)[1].startswith("500 a b")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda: signature(3, private=OTHER), AnswerFault.NOT_ITS),
        (lambda: signature(3, name="other.example"), AnswerFault.NOT_ITS),
        (lambda: signature(5), AnswerFault.DOES_NOT_HOLD),
        (lambda: signature(3).replace("A", "B"), AnswerFault.DOES_NOT_HOLD),
        (lambda: signature(3)[:-9] + "\n", AnswerFault.DOES_NOT_HOLD),
        (lambda: "", AnswerFault.NOT_ITS),
        (lambda: "— witness.example !!!", AnswerFault.NOT_ITS),
        (lambda: signature(3).removeprefix("— "), AnswerFault.NOT_ITS),
        (lambda: signature(3) + "x" * 5000, AnswerFault.TOO_LONG),
        (lambda: signature(3, at=MORNING + 2 * FUTURE), AnswerFault.FUTURE),
        (lambda: signature(3, at=MORNING - 2 * PAST), AnswerFault.PAST),
    ],
)
def test_only_a_valid_signature_of_this_witness_under_this_checkpoint_is_kept(
    log: Log, asked: Witness, answer: object, fault: AnswerFault
) -> None:
    log.grow(events=2)
    log.sign()
    with pytest.raises(NotACosignature) as refusal:
        keep(asked, Checkpoint.objects.get(size=3), answer(), now=MORNING)  # type: ignore[operator]
    assert refusal.value.fault is fault
    assert not Cosignature.objects.exists()


def test_a_time_beyond_all_years_is_refused_and_breaks_nothing(asked: Witness) -> None:
    checkpoint = note.read_checkpoint(note.split(Checkpoint.objects.get().note)[0])
    line = note.cosigned(checkpoint, "witness.example", KEY, 2**64 - 1)
    ask_all(Answering(Reply(200, line)), now=MORNING)
    assert outcome(asked) == ("odd", "future")


def test_a_clock_a_little_ahead_is_forgiven(asked: Witness) -> None:
    keep(asked, Checkpoint.objects.get(), signature(3, at=MORNING + FUTURE), now=MORNING)
    assert asked.cosignatures.get().signed_at == MORNING + FUTURE


def test_the_same_signature_is_kept_once_and_the_first_of_two_stays(asked: Witness) -> None:
    checkpoint = Checkpoint.objects.get()
    first = keep(asked, checkpoint, signature(3), now=MORNING)
    assert keep(asked, checkpoint, signature(3), now=MORNING) == first
    assert keep(asked, checkpoint, signature(3, at=MORNING + FUTURE), now=MORNING) == first
    assert asked.cosignatures.get().signed_at == MORNING


def test_the_line_kept_is_that_of_the_key_and_not_another_of_the_same_name(asked: Witness) -> None:
    """After a witness has changed its key, its answer may hold a line of each."""
    keep(asked, Checkpoint.objects.get(), signature(3, private=OTHER) + signature(3), now=MORNING)
    assert asked.cosignatures.get().line + "\n" == signature(3)


def test_a_line_is_kept_in_its_one_form(asked: Witness) -> None:
    """Base64 ends in bits that mean nothing: written otherwise, a verifier would refuse every archive with this line."""
    line = signature(3).rstrip("\n")
    assert line.endswith("==")
    loose = line[:-3] + chr(ord(line[-3]) + 1) + "=="
    keep(asked, Checkpoint.objects.get(), f"\r\n  {loose}  \r\n", now=MORNING)
    assert asked.cosignatures.get().line == line
