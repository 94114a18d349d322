"""A checkpoint that the reader has from elsewhere tells a fork and a rewritten history."""

import pytest

from jiangxue_verify.archive import Judgement
from jiangxue_verify.errors import Unjudged
from jiangxue_verify.known import parse_known
from tests.verify.builder import Log, export
from tests.verify.notary import LOG, NOTARY, STRANGER, b64, note, signer
from tests.verify.world import (
    ANCHORS,
    LEARNER,
    SEEN,
    SIZE,
    World,
    append,
    at_s,
    changed_world,
    codes,
    judged,
    trust,
    world,
)


def _longer(here: World) -> Log:
    """Return the ledger some entries later."""
    log = Log(here.log.hash_id, list(here.log.records))
    for hours in (50, 51, 52):
        append(log, hours, LEARNER, "segment.sealed")
    return log


def _forked() -> World:
    def change(log: Log, index: int) -> bool:
        if index == 4:
            append(log, 2, LEARNER, "segment.sealed", minutes=500)
        return index == 4

    return changed_world(change)


def _way(log: Log, old: int, new: int) -> str:
    """Return what the platform answers with at /ledger/consistency/<old>-<new>.txt."""
    return f"old {old}\n" + "".join(f"{b64(one)}\n" for one in log.proof(old, new)) + "\n" + log.note(new)


def _asked(known: str, way: str | None = None, here: World | None = None) -> Judgement:
    return judged((here or world()).parts().packed(), known=parse_known(known, way, trust()))


def test_the_same_checkpoint_and_every_anchor_are_known_without_more() -> None:
    for size in (SIZE, *(size for size, _ in ANCHORS)):
        judgement = _asked(world().log.note(size))
        assert judgement.status == 0
        assert "known" in judgement.made


def test_witnesses_whom_the_reader_does_not_know_may_have_signed_it() -> None:
    assert _asked(world().log.note(SIZE, [(STRANGER, at_s(49))])).status == 0


def test_nothing_is_the_beginning_of_everything() -> None:
    assert _asked(world().log.note(0), _way(world().log, 0, SIZE)).status == 0


def test_a_smaller_and_a_larger_checkpoint_need_a_consistency_proof_and_hold_with_it() -> None:
    log = _longer(world())
    for size in (6, 18):
        older, newer = sorted((size, SIZE))
        missing = _asked(log.note(size))
        assert (missing.status, codes(missing)) == (2, ["known.proof-missing"])
        assert missing.findings[0].values == {"old": older, "new": newer}
        assert _asked(log.note(size), _way(log, older, newer)).status == 0


def test_two_checkpoints_of_one_size_are_a_fork() -> None:
    judgement = _asked(_forked().log.note(SIZE))
    assert (judgement.status, codes(judgement)) == (1, ["known.fork"])
    assert judgement.findings[0].values == {"size": SIZE}


def test_another_checkpoint_of_the_size_of_an_anchor_is_a_fork_too() -> None:
    assert codes(_asked(_forked().log.note(8))) == ["known.fork"]
    assert codes(_asked(_forked().log.note(4))) == []


def test_a_fork_is_told_by_the_checkpoint_behind_the_proof_too() -> None:
    judgement = _asked(_forked().log.note(6), _way(_forked().log, 6, SIZE))
    assert (judgement.status, codes(judgement)) == (1, ["known.fork"])


@pytest.mark.parametrize("size", [6, 18])
def test_a_rewritten_history_has_no_proof(size: int) -> None:
    here, known = world(), _longer(_forked()).note(size)
    older, newer = sorted((size, SIZE))
    log = _longer(here if size < SIZE else _forked())
    judgement = _asked(known, _way(log, older, newer))
    assert (judgement.status, codes(judgement)) == (1, ["known.rewritten"])


def test_a_proof_between_other_sizes_tells_nothing() -> None:
    log = _longer(world())
    for old, new in ((5, SIZE), (6, 18), (6, 14)):
        judgement = _asked(log.note(6), _way(log, old, new))
        assert (judgement.status, codes(judgement)) == (2, ["known.proof-other"])


def test_what_is_wrong_in_the_archive_itself_is_said_before_what_is_missing() -> None:
    parts = world().parts()
    parts.entries[2]["data"] += " "
    judgement = judged(parts.packed(), known=parse_known(world().log.note(6), None, trust()))
    assert judgement.status == 1


_TEXT = world().log.body(SIZE)
_NO_NOTES = {
    "nothing": "",
    "another log": note(_TEXT, log=signer("log.example/two", 1)),
    "only a witness": _TEXT + "\n" + NOTARY.line(_TEXT, at_s(49)),
    "a wrong signature": world().log.note(SIZE).replace(f"\n{SIZE}\n", f"\n{SIZE + 1}\n"),
    "another log besides": note(_TEXT.replace("one", "two"), log=LOG),
}


@pytest.mark.parametrize("text", _NO_NOTES.values(), ids=_NO_NOTES)
def test_a_note_that_the_log_did_not_sign_says_nothing_about_it(text: str) -> None:
    with pytest.raises(Unjudged):
        parse_known(text, None, trust())


_GOOD_WAY = _way(world().log, 6, SIZE)
_NO_WAYS = {
    "nothing": "",
    "no old size": _GOOD_WAY[6:],
    "a size of too many bits": _GOOD_WAY.replace("old 6", f"old {2**63}"),
    "a size with a zero": _GOOD_WAY.replace("old 6", "old 06"),
    "a short hash": _GOOD_WAY.replace("\n", "\nAAAA\n", 1),
    "a hash with loose bits": _GOOD_WAY.replace("\n", "\n" + "A" * 42 + "B=\n", 1),
    "64 hashes": "old 6\n" + (b64(bytes(32)) + "\n") * 64 + "\n" + world().log.note(SIZE),
    "no blank line": _GOOD_WAY.replace("\n\n", "\n", 1),
    "no checkpoint": _GOOD_WAY.split("\n\n")[0] + "\n\n",
    "a checkpoint that nobody signed": _GOOD_WAY.rpartition("—")[0],
}


@pytest.mark.parametrize("text", _NO_WAYS.values(), ids=_NO_WAYS)
def test_whatever_is_no_consistency_proof_is_refused(text: str) -> None:
    with pytest.raises(Unjudged):
        parse_known(world().log.note(6), text, trust())


def test_an_archive_of_the_other_side_of_a_fork_holds_by_itself_and_not_against_the_known_one() -> None:
    forked = _forked()
    content = export(forked.log, LEARNER, forked.heads, (SIZE, SEEN), ANCHORS).packed()
    assert judged(content).status == 0
    assert judged(content, known=parse_known(world().log.note(SIZE), None, trust())).status == 1
