"""How the log stands, and whether sealer and signer are alive, can be known from the database alone."""

from datetime import timedelta

import pytest

from jiangxue.kernel.clock import to_ms
from jiangxue.ledger.errors import NoSuchSize, NoSuchWitness
from jiangxue.ledger.models import Alarm, Checkpoint, Witness, WitnessRule
from jiangxue.ledger.queries.published import (
    LARGEST_NUMBER,
    consistency_text,
    full_tile,
    newest_log_key,
    newest_note,
)
from jiangxue.ledger.queries.state import (
    LATE,
    UNSEEN,
    UNSEEN_BY_MAIL,
    alarms,
    alarms_since,
    log_state,
    trust_list,
    witness_for,
)
from jiangxue.ledger.services import append, open_archive
from jiangxue_verify.hashing import HASHES
from jiangxue_verify.known import parse_known
from jiangxue_verify.merkle import consistent
from jiangxue_verify.trust import parse_trust
from tests.conftest import MORNING
from tests.domains.ledger.answering import OTHER
from tests.factories.logs import MORNING_MS, Log
from tests.factories.witnesses import KEY, countersign, witness

LATER = MORNING + LATE + timedelta(seconds=1)


def test_a_log_that_was_never_begun_is_well(db: None) -> None:
    state = log_state()
    assert (state.size, state.waiting, state.checkpoint, state.heads, state.witnessed) == (0, 0, None, None, 0)
    assert not state.is_sealer_late(LATER)
    assert not state.is_signer_late(LATER)
    assert (newest_note(), newest_log_key(), trust_list()) == (None, None, None)


def test_what_waits_for_a_minute_waits_for_a_sealer_that_does_not_run(log: Log) -> None:
    append(open_archive(), "segment.sealed", {}, at=MORNING)
    waiting = log_state()
    assert (waiting.size, waiting.waiting) == (0, 1)
    since = waiting.waiting_since
    assert since is not None
    assert not waiting.is_sealer_late(since + LATE)
    assert waiting.is_sealer_late(since + LATE + timedelta(seconds=1))
    log.seal()
    assert not log_state().is_sealer_late(since + timedelta(days=1))


def test_what_is_sealed_for_a_minute_waits_for_a_signer_that_does_not_run(log: Log) -> None:
    log.grow()
    assert not log_state().is_signer_late(MORNING + LATE)
    assert log_state().is_signer_late(LATER)
    log.sign()
    assert not log_state().is_signer_late(LATER + timedelta(days=1))


def test_an_old_event_that_was_sealed_just_now_makes_no_signer_late(log: Log) -> None:
    """After the sealer has stood still, the signer is not blamed: it signed a moment ago."""
    log.grow()
    log.signer.sign(to_ms(LATER))
    log.grow()
    assert not log_state().is_signer_late(LATER + LATE)
    assert log_state().is_signer_late(LATER + LATE + timedelta(seconds=1))


def test_an_entry_that_is_no_leaf_any_more_breaks_no_page(log: Log) -> None:
    log.grow()
    log.tamper("UPDATE ledger_entry SET leaf = 'x'")
    assert log_state().is_signer_late(LATER)


def test_what_each_witness_has_seen_is_known(log: Log) -> None:
    first, second = witness(), witness("second.example")
    log.grow(events=3)
    log.sign()
    countersign(first, MORNING)
    log.grow(events=2)
    log.sign()
    state = log_state()
    assert state.witnessed == 3
    seen = {each.witness.pk: (each.size, each.signed_at, each.behind(state.checkpoint)) for each in state.active}
    assert seen == {first.pk: (3, MORNING, 2), second.pk: (None, None, 5)}
    assert witness_for(first.pk).size == 3
    for unknown in (0, second.pk + 1, 10**30):
        with pytest.raises(NoSuchWitness):
            witness_for(unknown)


def test_a_witness_that_is_asked_and_silent_is_noticed_in_minutes_and_one_by_mail_in_days(log: Log) -> None:
    by_mail = witness()
    log.grow(events=3)
    log.sign()
    countersign(by_mail, MORNING)
    assert log_state().unwitnessed_since is None
    for hour in (1, 2):
        log.grow()
        log.signer.sign(to_ms(MORNING + timedelta(hours=hour)))
    first = MORNING + timedelta(hours=1)
    second = timedelta(seconds=1)
    assert log_state().unwitnessed_since == first
    assert not log_state().is_witness_late(first + UNSEEN_BY_MAIL)
    assert log_state().is_witness_late(first + UNSEEN_BY_MAIL + second)
    Witness.objects.update(address="https://witness.example")
    assert not log_state().is_witness_late(first + UNSEEN)
    assert log_state().is_witness_late(first + UNSEEN + second)
    WitnessRule.objects.create(need=0, at=MORNING, reason="试运行")
    assert not log_state().is_witness_late(first + UNSEEN_BY_MAIL + second)


def test_alarms_are_counted_from_a_time_on(db: None) -> None:
    for number in range(25):
        Alarm.objects.create(kind="witness.ahead", detail=str(number), at_ms=MORNING_MS + number)
    assert [alarm.detail for alarm in alarms()][:2] == ["24", "23"]
    assert len(alarms()) == 20
    assert alarms_since(MORNING + timedelta(milliseconds=20)) == 5


@pytest.mark.clause("T1.3")
def test_the_public_checkpoint_carries_the_signatures_of_log_and_witness(log: Log) -> None:
    log.grow(events=3)
    log.sign()
    countersign(witness(), MORNING)
    text, trusted = newest_note(), trust_list()
    assert text is not None
    assert trusted is not None
    assert parse_known(text, None, parse_trust(trusted)).checkpoint.size == 3
    assert len(text.split("\n\n")[1].splitlines()) == 2
    assert f"log {newest_log_key()}\n" in trusted


@pytest.mark.clause("T1.3")
def test_a_proof_between_two_checkpoints_is_taken_by_the_verifier(log: Log) -> None:
    for events in (3, 4, 600):
        log.grow(events=events)
        log.sign()
    trusted = parse_trust(f"log {newest_log_key()}\nneed 0\n")
    for old, new in ((3, 7), (3, 607), (7, 607), (607, 607)):
        known = parse_known(Checkpoint.objects.get(size=old).note, consistency_text(old, new), trusted)
        assert known.way is not None
        assert (known.way.old_size, known.way.newer.size) == (old, new)
        assert consistent(HASHES["sha256"], known.checkpoint.tree, known.way.newer.tree, known.way.proof)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (2, 3), (3, 4), (4, 5), (10**18 - 1, 3)])
def test_between_sizes_that_nobody_signed_there_is_no_proof(log: Log, old: int, new: int) -> None:
    log.grow(events=3)
    log.sign()
    log.grow(events=3)
    with pytest.raises(NoSuchSize):
        consistency_text(old, new)


def test_full_tiles_are_given_and_others_are_not(log: Log) -> None:
    log.grow(events=300)
    tile = full_tile(0, 0)
    assert tile is not None
    assert len(tile) == 8192
    assert [full_tile(level, number) for level, number in ((0, 1), (1, 0), (0, LARGEST_NUMBER + 1), (7, 0))] == [
        None
    ] * 4


def test_two_witnesses_that_signed_different_sizes_have_not_witnessed_the_smaller_one_together(log: Log) -> None:
    """An export needs both under one checkpoint, and the pages must not promise more than it gives."""
    first, second = witness(), witness("second.example", OTHER)
    WitnessRule.objects.create(need=2, at=MORNING, reason="补贴班")
    for each, private in ((first, KEY), (second, OTHER)):
        log.grow(events=2)
        log.sign()
        countersign(each, MORNING, private)
    assert log_state().witnessed == 0
    countersign(first, MORNING)
    assert log_state().witnessed == 4
