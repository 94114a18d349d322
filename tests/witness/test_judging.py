"""What a file of evidence proves to somebody who has nothing but the public key of the log."""

from pathlib import Path

import pytest

from jiangxue_witness.deciding import Evidence
from jiangxue_witness.evidence import content_of
from jiangxue_witness.judging import NoEvidence, Verdict, judge
from tests.verify.notary import STRANGER, body, note, signer
from tests.witness.ledgers import Ledger, request
from tests.witness.places import ask, evidence_of
from tests.witness.processes import run

LOG = Ledger()
FORK = LOG.of(4).of(5, "lie")


def _evidence(place: Path, told: bytes) -> bytes:
    """Return what a witness keeps that has signed five entries and is told something else."""
    ask(place, LOG.of(5).request(0))
    ask(place, told)
    (path,) = evidence_of(place)
    return path.read_bytes()


def test_a_fork_is_proven(place: Path) -> None:
    assert judge(_evidence(place, FORK.request(5)), LOG.key) == (Verdict.FORK, LOG.of(5).tree, FORK.tree)


def test_an_empty_tree_with_the_root_of_something_is_proven(place: Path) -> None:
    ask(place, request(0, [], note(body(0, b"x" * 32))))
    (path,) = evidence_of(place)
    assert judge(path.read_bytes(), LOG.key)[0] is Verdict.FORK


def test_a_wrong_proof_alone_proves_nothing_and_the_right_one_clears_the_log(place: Path) -> None:
    """Anybody can send a genuine checkpoint with junk: the log must be able to answer that."""
    content = _evidence(place, LOG.of(9).request(5, [b"junk" * 8]))
    assert judge(content, LOG.key)[0] is Verdict.UNPROVED
    assert judge(content, LOG.key, LOG.of(9).request(5))[0] is Verdict.CONTINUES


def test_a_rewritten_history_is_cleared_by_no_proof(place: Path) -> None:
    rewritten = LOG.of(3).of(9, "lie")
    content = _evidence(place, rewritten.request(5))
    for proof in (None, rewritten.request(5), LOG.of(9).request(5), LOG.of(9).request(4), b"junk", FORK.request(5)):
        assert judge(content, LOG.key, proof)[0] is Verdict.UNPROVED


def _by_hand(remembered: str, told: bytes) -> bytes:
    return content_of(Evidence(LOG.origin, LOG.of(5).tree, remembered, told))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"junk",
        _by_hand(LOG.of(5).note, b"junk"),
        _by_hand("junk", FORK.request(5)),
        _by_hand(note(body(*LOG.of(5).tree), log=STRANGER), FORK.request(5)),
        _by_hand(LOG.of(5).note, FORK.request(5).replace(b"\n5\n", b"\n6\n")),
        _by_hand(Ledger(log=signer("other.example", 1)).of(5).note, FORK.request(5)),
        _by_hand(LOG.of(5).note, FORK.request(5))[:-1],
    ],
)
def test_nobody_can_make_up_evidence_against_a_log(content: bytes) -> None:
    with pytest.raises(NoEvidence):
        judge(content, LOG.key)


def test_the_command_says_what_is_proven(place: Path, tmp_path: Path) -> None:
    (tmp_path / "fork.txt").write_bytes(_by_hand(LOG.of(5).note, FORK.request(5)))
    (tmp_path / "unproved.txt").write_bytes(_by_hand(LOG.of(5).note, LOG.of(9).request(5, [b"junk" * 8])))
    (tmp_path / "proof.txt").write_bytes(LOG.of(9).request(5))
    command = ("--log", LOG.log.verifier_key)
    fork = run("evidence", str(tmp_path / "fork.txt"), *command)
    unproved = run("evidence", str(tmp_path / "unproved.txt"), *command)
    proven = run("evidence", str(tmp_path / "unproved.txt"), *command, "--proof", str(tmp_path / "proof.txt"))
    assert (fork.returncode, unproved.returncode, proven.returncode) == (1, 2, 0)
    assert "同一大小 5" in fork.stdout.decode()
    assert "/ledger/consistency/5-9.txt" in unproved.stdout.decode()
    assert "一致性证明成立" in proven.stdout.decode()
    assert run("evidence", str(tmp_path / "proof.txt"), *command).returncode == 2
