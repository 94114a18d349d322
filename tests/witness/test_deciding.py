"""What a witness answers, in the order of the table in docs/formats/witness.md: no file, no clock."""

from dataclasses import replace

import pytest

from jiangxue_verify.hashing import HASHES
from jiangxue_witness.deciding import EARLIEST_S, Answer, Remembered, decide, nothing_signed
from jiangxue_witness.keys import Keys
from jiangxue_witness.words import Reason
from tests.verify.notary import NOTARY, body, note, signer
from tests.witness.ledgers import Ledger, request
from tests.witness.places import KEY, NOW_S, opened

LOG = Ledger()
IMPOSTOR = replace(LOG.log, seed=b"?" * 32)
NOTHING = nothing_signed(HASHES["sha256"])


def answer_to(content: bytes, signed: Ledger | None = None, now_s: int = NOW_S, ledger: Ledger = LOG) -> Answer:
    """Ask a witness that has signed a ledger as it is, an hour ago."""
    last = NOTHING
    if signed is not None:
        last = decide({ledger.origin: NOTHING}, signed.request(0), _keys(ledger), NOW_S - 3600).remember or NOTHING
        assert last.tree == signed.tree
    return decide({ledger.origin: last}, content, _keys(ledger), now_s)


def _keys(ledger: Ledger) -> Keys:
    return Keys(KEY, {ledger.origin: ledger.key})


def test_the_first_checkpoint_is_signed_without_a_proof() -> None:
    answer = answer_to(LOG.of(5).request(0))
    assert (answer.status, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert opened(LOG.of(5), answer.body).cosigned == {KEY.name: NOW_S}


@pytest.mark.parametrize(("old", "new"), [(old, new) for new in range(1, 12) for old in range(1, new + 1)])
def test_every_honest_continuation_is_signed(old: int, new: int) -> None:
    answer = answer_to(LOG.of(new).request(old), LOG.of(old))
    assert answer.status == 200
    assert opened(LOG.of(new), answer.body).cosigned == {KEY.name: NOW_S}


def test_a_log_of_the_gm_profile_is_followed_with_its_own_hash() -> None:
    gm = replace(LOG, hash_id="sm3")
    last = decide({gm.origin: nothing_signed(HASHES["sm3"])}, gm.of(3).request(0), _keys(gm), NOW_S).remember
    assert last is not None
    assert decide({gm.origin: last}, gm.of(7).request(3), _keys(gm), NOW_S).status == 200
    assert decide({gm.origin: last}, gm.of(7).request(3), _keys(LOG), NOW_S).status == 422


def test_an_empty_tree_is_signed_and_may_grow_afterwards() -> None:
    assert answer_to(LOG.request(0)).status == 200
    assert answer_to(LOG.of(4).request(0), LOG).status == 200


def test_an_empty_tree_with_the_root_of_something_is_a_fork() -> None:
    answer = answer_to(request(0, [], note(body(0, b"x" * 32))))
    assert (answer.status, answer.reason) == (409, Reason.FORK)
    assert answer.evidence is not None


def test_400_comes_before_everything() -> None:
    unknown = Ledger(log=signer("other.example", 1))
    answer = answer_to(b"old 9\n\n" + unknown.of(3).note.encode())
    assert (answer.status, answer.reason) == (400, Reason.OLD_ABOVE_NEW)


def test_404_comes_before_a_bad_signature() -> None:
    unknown = Ledger(log=signer("other.example", 1))
    assert answer_to(unknown.of(3).request(0)).status == 404


@pytest.mark.parametrize(
    "note",
    [
        note(body(*LOG.of(3).tree), log=IMPOSTOR),
        LOG.of(3).note.replace("\n3\n", "\n4\n"),
        LOG.of(3).note + LOG.of(2).note.splitlines()[-1] + "\n",
    ],
    ids=["another key", "another text", "a good line and a bad line of the same key"],
)
def test_403_comes_before_a_wrong_size(note: str) -> None:
    answer = answer_to(b"old 2\n\n" + note.encode(), LOG.of(1))
    assert (answer.status, answer.reason, answer.evidence) == (403, Reason.NOT_SIGNED, None)


def test_409_names_the_size_and_comes_before_the_proof() -> None:
    answer = answer_to(LOG.of(9).request(4, [b"x" * 32]), LOG.of(5))
    assert (answer.status, answer.body, answer.content_type) == (409, b"5\n", "text/x.tlog.size")
    assert (answer.reason, answer.evidence) == (Reason.OTHER_SIZE, None)


def test_an_older_tree_is_never_signed_again() -> None:
    assert answer_to(LOG.of(4).request(3), LOG.of(5)).status == 409
    assert answer_to(LOG.of(4).request(4), LOG.of(5)).status == 409
    assert answer_to(LOG.of(4).request(5, []), LOG.of(5)).status == 400


def test_a_fork_is_refused_with_its_evidence() -> None:
    fork = LOG.of(4).of(5, "lie")
    answer = answer_to(fork.request(5), LOG.of(5))
    assert (answer.status, answer.body, answer.reason) == (409, b"5\n", Reason.FORK)
    assert answer.evidence is not None
    assert answer.evidence.tree == fork.tree


def test_a_fork_is_kept_even_if_another_size_came_with_it() -> None:
    answer = answer_to(LOG.of(4).of(5, "lie").request(4), LOG.of(5))
    assert (answer.status, answer.reason) == (409, Reason.OTHER_SIZE)
    assert answer.evidence is not None


def test_a_rewritten_history_is_refused_with_its_evidence() -> None:
    rewritten = LOG.of(3).of(9, "lie")
    answer = answer_to(rewritten.request(5), LOG.of(5))
    assert (answer.status, answer.reason) == (422, Reason.REWRITTEN)
    assert answer.evidence is not None
    assert (answer.remember, answer.evidence.request) == (None, rewritten.request(5))


def test_a_good_checkpoint_with_a_proof_of_another_is_refused() -> None:
    proof = LOG.of(9).proof(5)
    for wrong in ([], proof[:-1], [*proof, proof[0]], proof[::-1], [b"\0" * 32, *proof[1:]]):
        assert answer_to(LOG.of(9).request(5, wrong), LOG.of(5)).status == 422


def test_the_clock_is_looked_at_last_and_stops_only_signing() -> None:
    before_s = NOW_S - 3601
    behind = answer_to(LOG.of(9).request(5), LOG.of(5), before_s)
    assert (behind.status, behind.reason, behind.remember) == (503, Reason.CLOCK_BEHIND, None)
    assert answer_to(LOG.of(4).of(5, "lie").request(5), LOG.of(5), before_s).reason is Reason.FORK
    assert answer_to(LOG.of(9).request(5), LOG.of(5), NOW_S - 3600).status == 200


def test_a_clock_that_has_lost_its_time_signs_no_first_checkpoint() -> None:
    for now_s in (-1, 0, EARLIEST_S - 1):
        assert answer_to(LOG.of(5).request(0), now_s=now_s).reason is Reason.CLOCK_BEHIND
    assert answer_to(LOG.of(5).request(0), now_s=EARLIEST_S).status == 200


def test_what_is_remembered_holds_one_line_of_the_log_and_ours() -> None:
    text = body(*LOG.of(5).tree)
    answer = answer_to(request(0, [], LOG.of(5).note + NOTARY.line(text, NOW_S) + NOTARY.line(text, NOW_S + 1)))
    assert answer.remember == Remembered(LOG.of(5).tree, LOG.of(5).note + answer.body.decode(), NOW_S)
