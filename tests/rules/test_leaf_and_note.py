"""The forms of the ledger: one leaf has one spelling, one note one meaning."""

import json
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.canonical import canonical_json
from jiangxue.ledger.rules import leaf, note
from jiangxue.ledger.rules.leaf import Event, Leaf, NotALeaf
from jiangxue.ledger.rules.note import NotANote

_hashes = st.binary(min_size=32, max_size=32)
_events = st.builds(
    Event,
    aid=st.uuids(),
    eid=st.uuids(),
    kind=st.from_regex(r"[a-z_.]{1,40}", fullmatch=True),
    at_ms=st.integers(0, 2**60),
    commitment=_hashes,
)
_leaves = st.builds(Leaf, event=_events, sequence=st.integers(1, 2**40), before=_hashes, hash_name=st.just("sha256"))

LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
CHECKPOINT = note.Checkpoint("example.org/log1", 7, bytes(32))
KEYS = [note.public_key("example.org/log1", note.LOG_KEY, LOG), note.public_key("w1", note.WITNESS_KEY, WITNESS)]
SIGNED = note.signed(CHECKPOINT, LOG) + note.cosigned(CHECKPOINT, "w1", WITNESS, 1795572030)


@given(_leaves)
def test_a_leaf_is_canonical_and_read_as_it_was_written(one: Leaf) -> None:
    text = leaf.written(one)
    assert leaf.read(text) == one
    assert canonical_json(json.loads(text)) == text
    assert len(text) <= leaf.LONGEST_LEAF


@given(_leaves, st.sampled_from([" ", "\n", ","]), st.data())
def test_a_leaf_has_no_second_spelling(one: Leaf, sign: str, data: st.DataObject) -> None:
    text = leaf.written(one).decode()
    at = data.draw(st.integers(0, len(text)))
    with pytest.raises(NotALeaf):
        leaf.read((text[:at] + sign + text[at:]).encode())


@pytest.mark.parametrize(
    "wrong",
    [b"", b"{}", b"[]", b'{"a":1}', b"\xff", b'{"v":1}'],
)
def test_what_is_no_leaf_is_refused(wrong: bytes) -> None:
    with pytest.raises(NotALeaf):
        leaf.read(wrong)


@pytest.mark.parametrize(("kind", "at_ms"), [("Segment", 0), ("", 0), ("a" * 41, 0), ("a b", 0), ("segment", -1)])
def test_a_leaf_is_not_written_of_what_has_no_place_in_it(kind: str, at_ms: int) -> None:
    with pytest.raises(NotALeaf):
        leaf.written(Leaf(Event(UUID(int=1), UUID(int=2), kind, at_ms, bytes(32)), 1, bytes(32), "sha256"))


@given(_events)
def test_a_payload_tells_of_its_event_and_no_other(event: Event) -> None:
    named = {"aid": str(event.aid), "at_ms": event.at_ms, "data": {}, "eid": str(event.eid), "kind": event.kind}
    assert leaf.is_payload_of(event, canonical_json(named))
    for key in ("aid", "eid", "kind"):
        assert not leaf.is_payload_of(event, canonical_json({**named, key: "other"}))
    assert not leaf.is_payload_of(event, canonical_json({**named, "at_ms": event.at_ms + 1}))
    assert not leaf.is_payload_of(event, b"not JSON")


def test_a_note_opens_to_what_was_signed_and_when_the_witness_saw_it() -> None:
    opened = note.opened(SIGNED, KEYS)
    assert (opened.checkpoint, opened.by_log, opened.witnessed) == (CHECKPOINT, True, {"w1": 1795572030})


def test_signatures_of_strangers_say_nothing() -> None:
    assert note.opened(SIGNED, KEYS[:1]).witnessed == {}
    assert not note.opened(SIGNED, KEYS[1:]).by_log
    with pytest.raises(NotANote, match="no signature of a known key"):
        note.opened(SIGNED, [])


@given(st.data())
def test_no_note_with_one_other_byte_in_its_text_opens(data: st.DataObject) -> None:
    raw = bytearray(SIGNED.encode())
    at = data.draw(st.integers(0, len(CHECKPOINT.text) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((NotANote, UnicodeDecodeError)):
        note.opened(raw.decode(), KEYS)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "no signatures\n",
        SIGNED.replace("— w1", "- w1"),
        SIGNED.replace("— w1 ", "— w1"),
        SIGNED.rstrip("\n"),
        SIGNED.replace("\n7\n", "\n07\n"),
        SIGNED + "x" * 9000 + "\n",
    ],
)
def test_what_is_no_note_is_refused(wrong: str) -> None:
    with pytest.raises(NotANote):
        note.opened(wrong, KEYS)


def test_a_verifier_key_is_read_as_it_is_written_and_only_if_its_id_fits() -> None:
    for key in KEYS:
        assert note.read_key(str(key)) == key
    text = str(KEYS[0])
    for wrong in ("", "name", text.replace("+", "-", 1), text[:-4] + "AAA=", text.replace("log1", "log2")):
        with pytest.raises(NotANote):
            note.read_key(wrong)
