"""What is kept of a refusal proves what the log did, and cannot fill a disk."""

import re
from pathlib import Path

import pytest

from jiangxue_verify.keys import parse_key
from jiangxue_verify.merkle import consistent
from jiangxue_verify.notes import open_checkpoint
from jiangxue_witness import evidence
from jiangxue_witness.evidence import parts_of
from jiangxue_witness.folder import open_folder
from jiangxue_witness.witness import Witness
from jiangxue_witness.words import Reason
from tests.witness.ledgers import Ledger
from tests.witness.places import KEY, NOW_S, ask, evidence_of


@pytest.fixture
def signed(place: Path, ledger: Ledger) -> Path:
    """Return a folder that has signed five entries."""
    assert ask(place, ledger.of(5).request(0), NOW_S - 60).status == 200
    return place


def test_a_fork_is_proven_to_anybody_by_the_verifier_alone(signed: Path, ledger: Ledger) -> None:
    ask(signed, ledger.of(4).of(5, "lie").request(5))
    (path,) = evidence_of(signed)
    remembered, refused = parts_of(path.read_bytes())
    keys = [parse_key(ledger.log.verifier_key), KEY.verifier]
    first = open_checkpoint(remembered, keys)
    second = open_checkpoint(refused.partition(b"\n\n")[2].decode(), keys)
    assert first.signed_by == second.signed_by == {keys[0]}
    assert first.size == second.size
    assert first.root != second.root
    assert first.cosigned == {KEY.name: NOW_S - 60}


def test_a_rewritten_history_is_kept_with_all_that_the_log_sent(signed: Path, ledger: Ledger) -> None:
    rewritten = ledger.of(3).of(9, "lie")
    ask(signed, rewritten.request(5))
    (path,) = evidence_of(signed)
    assert re.fullmatch(r"20261118T\d{6}Z-422-9-[0-9a-f]{16}\.txt", path.name)
    remembered, refused = parts_of(path.read_bytes())
    assert refused == rewritten.request(5)
    last = open_checkpoint(remembered, [parse_key(ledger.log.verifier_key), KEY.verifier])
    assert last.tree == ledger.of(5).tree
    assert not consistent(ledger.key.hash_, last.tree, rewritten.tree, rewritten.proof(5))


def test_one_checkpoint_is_kept_once_however_often_it_is_sent(signed: Path, ledger: Ledger) -> None:
    for round_ in range(20):
        ask(signed, ledger.of(3).of(9, "lie").request(5, [bytes([round_]) * 32]), NOW_S + round_)
    assert len(evidence_of(signed)) == 1


def test_genuine_checkpoints_with_wrong_proofs_never_crowd_out_a_fork(
    signed: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checkpoints are public: anybody can send them with junk in the place of the proof."""
    monkeypatch.setattr(evidence, "MOST", 5)
    for size in range(6, 26):
        assert ask(signed, ledger.of(size).request(5, [b"junk" * 8])).status == 422
    assert len(evidence_of(signed)) == 5
    assert ask(signed, ledger.of(4).of(5, "lie").request(5)).status == 409
    assert len(evidence_of(signed)) == 6
    assert (evidence.count(signed / "evidence", 409), evidence.count(signed / "evidence", 422)) == (1, 5)


def test_the_junk_of_strangers_leaves_nothing_behind(signed: Path, ledger: Ledger) -> None:
    ask(signed, b"junk")
    ask(signed, b"old 5\n\n" + ledger.of(5).note.replace("\n5\n", "\n6\n").encode())
    ask(signed, ledger.of(9).request(3))
    assert evidence_of(signed) == []


def test_evidence_that_cannot_be_written_changes_no_answer(signed: Path, ledger: Ledger) -> None:
    said: list[str] = []
    with open_folder(signed) as folder:
        (signed / "evidence").rename(signed / "away")
        answer = Witness(folder, lambda: NOW_S, said.append).answer(ledger.of(4).of(5, "lie").request(5))
    assert (answer.status, answer.reason, len(said)) == (409, Reason.FORK, 1)


@pytest.mark.parametrize("content", [b"", b"x", b"jiangxue-evidence/1 3 3\nabc", b"jiangxue-evidence/2 0 1\nx"])
def test_what_is_no_evidence_is_not_read_as_such(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the kind is all that is promised
        parts_of(content)
