"""An implementation of the C2SP formats by others accepts what we accept, and refuses what we refuse."""

import hashlib

import aics_tlog as others
import pytest
from aics_tlog.cosign import sign_cosignature
from aics_tlog.note import parse_vkey

from jiangxue_verify.errors import Finding
from jiangxue_verify.hashing import HASHES
from jiangxue_verify.keys import KeyMalformed, parse_key
from jiangxue_verify.merkle import Tree, consistent, included, leaf_hash, root
from jiangxue_verify.notes import open_checkpoint
from tests.verify.notary import LOG, NOTARY, ORIGIN, REGULATOR, STRANGER, Signer, b64, body, note, signer
from tests.verify.world import SEEN, SIZE, world

_SHA = HASHES["sha256"]
_KEYS = [one.verifier_key for one in (LOG, REGULATOR, NOTARY)]
_GOOD = world().log.note(SIZE, SEEN)
_TEXT = world().log.body(SIZE)


def _they_accept(text: str) -> bool:
    log, *witnesses = map(parse_vkey, _KEYS)
    try:
        parsed = others.parse_note(text)
    except ValueError:
        return False
    return others.verify_checkpoint(parsed, log, witnesses, quorum=2, expected_origin=ORIGIN).ok


def _we_accept(text: str) -> bool:
    try:
        return len(open_checkpoint(text, map(parse_key, _KEYS)).cosigned) >= 2
    except Finding:
        return False


def test_they_accept_our_checkpoint_with_its_cosignatures() -> None:
    assert _we_accept(_GOOD)
    assert _they_accept(_GOOD)


def test_we_accept_theirs() -> None:
    tree = others.MerkleTree([b"one", b"two", b"three"])
    signed = others.sign_checkpoint(others.Checkpoint(ORIGIN, 3, tree.root()), LOG.private, ORIGIN)
    lines = [sign_cosignature(one.private, one.name, 1_795_500_000, ORIGIN, 3, tree.root())[1] for one, _ in SEEN]
    text = others.Note(text=signed.text, signatures=(*signed.signatures, *lines)).serialise()
    opened = open_checkpoint(text, map(parse_key, _KEYS))
    assert (opened.tree, opened.cosigned) == (
        Tree(3, tree.root()),
        {REGULATOR.name: 1_795_500_000, NOTARY.name: 1_795_500_000},
    )


_DAMAGED = {
    "another size": _GOOD.replace(f"\n{SIZE}\n", f"\n{SIZE + 1}\n"),
    "a size with a zero": _GOOD.replace(f"\n{SIZE}\n", f"\n0{SIZE}\n"),
    "another root": body(SIZE, bytes(32)) + _GOOD[len(_TEXT) :],
    "a signature of another text": _TEXT + "\n" + LOG.line(body(1, bytes(32))) + _GOOD.partition(LOG.line(_TEXT))[2],
    "no signature of the log": _GOOD.replace(LOG.line(_TEXT), ""),
    "a cosignature stripped": note(_TEXT, SEEN[:1]),
    "a cosignature with another time": note(_TEXT, SEEN[:1]) + NOTARY.line(_TEXT, 5).replace("AAAF", "AAAG", 1),
    "a cosignature of another checkpoint": note(_TEXT, SEEN[:1]) + NOTARY.line(body(1, bytes(32)), 5),
    "another log": note(_TEXT, SEEN, log=signer("log.example/two", 1)),
    "another key": note(_TEXT, SEEN, log=Signer(ORIGIN, 1, bytes(32))),
    "a stranger for a witness": note(_TEXT, [*SEEN[:1], (STRANGER, 5)]),
    "no blank line": _GOOD.replace("\n\n", "\n"),
    "ends of lines of Windows": _GOOD.replace("\n", "\r\n"),
    "a hyphen for the dash": _GOOD.replace("—", "-"),
    "a line twice": _GOOD + NOTARY.line(_TEXT, SEEN[1][1]),
}


@pytest.mark.parametrize("text", _DAMAGED.values(), ids=_DAMAGED)
def test_both_refuse_a_damaged_checkpoint(text: str) -> None:
    assert not _they_accept(text)
    assert not _we_accept(text)


@pytest.mark.parametrize("size", [1, 2, 3, 8, 21])
def test_proofs_of_one_are_accepted_by_the_other_and_damaged_ones_by_neither(size: int) -> None:
    leaves = [b"%d" % number for number in range(size)]
    theirs, ours = others.MerkleTree(leaves), [leaf_hash(_SHA, leaf) for leaf in leaves]
    whole = Tree(size, theirs.root())
    assert root(_SHA, ours) == theirs.root()
    for index in range(size):
        path = theirs.inclusion_proof(index)
        for proof in (path, path[1:], [*path, ours[0]], [_SHA(one) for one in path]):
            they = others.verify_inclusion(ours[index], index, size, proof, whole.root)
            assert included(_SHA, whole, index, ours[index], proof) is they
            assert they is (proof == path)
    for old in range(1, size + 1):
        path = theirs.consistency_proof(old)
        for proof in (path, path[1:], [*path, ours[0]], [_SHA(one) for one in path]):
            they = others.verify_consistency(old, size, theirs.root(old), whole.root, proof)
            assert consistent(_SHA, Tree(old, theirs.root(old)), whole, proof) is they
            assert they is (proof == path)


def _they_read(text: str) -> bool:
    try:
        parse_vkey(text)
    except ValueError:
        return False
    return True


def _we_read(text: str) -> bool:
    try:
        parse_key(text)
    except KeyMalformed:
        return False
    return True


def test_keys_are_read_and_refused_alike() -> None:
    good = NOTARY.verifier_key
    assert _they_read(good)
    assert _we_read(good)
    weak = b"\4" + bytes(32)
    small = f"weak+{hashlib.sha256(b'weak' + bytes([10]) + weak).hexdigest()[:8]}+{b64(weak)}"
    for text in (good[:-1], good.replace("notary", "x"), "x+" + good, good.replace("+", " ", 1), good + "=", small, ""):
        assert not _they_read(text)
        assert not _we_read(text)
