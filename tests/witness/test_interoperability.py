"""Programs that know nothing of ours (aics-witness, aics-tlog) read what we write, and say what we say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aics_tlog import Note, parse_note, parse_vkey, verify_checkpoint
from aics_witness import LogConfig, Witness, WitnessError, WitnessStore
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue_witness.keys import written
from tests.verify.notary import NOTARY, body, signer
from tests.witness.ledgers import Ledger
from tests.witness.places import KEY, NOW_S, ask, opened

LOG = Ledger()
STORY = [
    ("first contact", LOG.of(3).request(0), 200),
    ("the same again", LOG.of(3).request(3), 200),
    ("a continuation", LOG.of(8).request(3), 200),
    ("junk", b"junk", 400),
    ("changed line ends", LOG.of(9).request(8).replace(b"\n", b"\r\n"), 400),
    ("another log", Ledger(log=signer("other.example", 1)).of(9).request(8), 404),
    ("another text under the signature", LOG.of(9).request(8).replace(b"\n9\n", b"\n10\n"), 403),
    ("an older size", LOG.of(9).request(3), 409),
    ("an older tree", LOG.of(5).request(3), 409),
    ("an old size above the new one", LOG.of(7).request(8, []), 400),
    ("another history", LOG.of(5).of(12, "lie").request(8), 422),
    ("a wrong proof", LOG.of(12).request(8, [b"junk" * 8]), 422),
    ("no proof", LOG.of(12).request(8, []), 422),
    ("a continuation after all that", LOG.of(300).request(8), 200),
]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Witness]:
    with WitnessStore(tmp_path / "other.sqlite", create=True) as store:
        config = LogConfig(LOG.origin, (parse_vkey(LOG.log.verifier_key),))
        private = Ed25519PrivateKey.from_private_bytes(KEY.seed)
        yield Witness(KEY.name, private, store, [config], clock=lambda: float(NOW_S))


def _said(witness: Witness, content: bytes) -> tuple[int, bytes]:
    try:
        return 200, witness.add_checkpoint(content)
    except WitnessError as refusal:
        return refusal.status, refusal.body


def test_both_witnesses_say_the_same_of_the_same_requests(place: Path, other: Witness) -> None:
    """With the same key at the same time even the cosignatures are the same bytes."""
    assert other.vkey_text == written(KEY.verifier)
    for what, content, status in STORY:
        ours, theirs = ask(place, content), _said(other, content)
        assert (what, ours.status, theirs[0]) == (what, status, status)
        if status in (200, 409):
            assert ours.body == theirs[1]


def test_both_refuse_a_fork_and_c2sp_is_on_our_side_about_its_status(place: Path, other: Witness) -> None:
    fork = LOG.of(4).of(5, "lie").request(5)
    for content in (LOG.of(5).request(0), fork):
        ours, theirs = ask(place, content), _said(other, content)
    assert (ours.status, theirs[0]) == (409, 422)


def test_our_cosignature_opens_in_aics_tlog(place: Path) -> None:
    checkpoint = LOG.of(300)
    cosignature = ask(place, checkpoint.request(0)).body.decode()
    note = parse_note(checkpoint.note + cosignature)
    keys = [parse_vkey(written(KEY.verifier))]
    result = verify_checkpoint(note, parse_vkey(LOG.log.verifier_key), keys, 1, max_age_seconds=60, now=NOW_S)
    assert result.ok
    changed = Note(text=note.text.replace("\n300\n", "\n301\n"), signatures=note.signatures)
    assert not verify_checkpoint(changed, parse_vkey(LOG.log.verifier_key), keys, 1).ok


def test_their_cosignature_opens_in_our_verifier(other: Witness) -> None:
    checkpoint = LOG.of(300)
    status, cosignature = _said(other, checkpoint.request(0))
    assert status == 200
    assert opened(checkpoint, cosignature).cosigned == {KEY.name: NOW_S}


def test_cosignatures_of_others_beside_the_log_s_are_passed_over_by_both(place: Path, other: Witness) -> None:
    checkpoint = LOG.of(5)
    content = checkpoint.request(0) + NOTARY.line(body(*checkpoint.tree), NOW_S).encode()
    assert ask(place, content).body == _said(other, content)[1]
