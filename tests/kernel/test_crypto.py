"""Sealed blobs open where they were sealed and nowhere else; indexes and commitments reveal nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.crypto import (
    BEGINNING_BYTES,
    HIGHEST_NUMBER,
    KEY_BYTES,
    KeyRing,
    NotGenuine,
    beginning_under,
    blind_index,
    commitment,
    fingerprint,
    key_number,
    new_key,
)

PLACE = "accounts_identity.id_number:7"
RING = KeyRing({1: bytes(range(KEY_BYTES))}, current=1)


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_again(plain: bytes) -> None:
    assert RING.open(RING.seal(plain, PLACE), PLACE) == plain


def test_a_blob_tells_nothing_of_what_it_holds() -> None:
    blob = RING.seal(b"11010519491231002X", PLACE)
    assert b"1949" not in blob
    assert blob != RING.seal(b"11010519491231002X", PLACE)


@given(st.data())
def test_a_blob_with_one_changed_bit_does_not_open(data: st.DataObject) -> None:
    blob = bytearray(RING.seal(b"13800000001", PLACE))
    at = data.draw(st.integers(0, len(blob) - 1))
    blob[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(NotGenuine):
        RING.open(bytes(blob), PLACE)


@given(st.integers(0, 200))
def test_a_blob_that_was_cut_short_does_not_open(length: int) -> None:
    blob = RING.seal(b"13800000001", PLACE)
    with pytest.raises(NotGenuine):
        RING.open(blob[: min(length, len(blob) - 1)], PLACE)


@pytest.mark.parametrize(
    "elsewhere", ["accounts_identity.id_number:8", "accounts_identity.phone:7", "other.id_number:7", ""]
)
def test_a_blob_that_was_moved_does_not_open(elsewhere: str) -> None:
    with pytest.raises(NotGenuine):
        RING.open(RING.seal(b"13800000001", PLACE), elsewhere)


def test_a_blob_does_not_open_under_another_key_with_the_same_id() -> None:
    with pytest.raises(NotGenuine):
        KeyRing({1: new_key()}, current=1).open(RING.seal(b"13800000001", PLACE), PLACE)


def test_an_old_key_opens_what_it_sealed_while_a_new_one_seals() -> None:
    old = RING.seal(b"13800000001", PLACE)
    both = KeyRing({**RING.keys, 2: new_key()}, current=2)
    assert both.open(old, PLACE) == b"13800000001"
    assert both.open(both.seal(b"13800000002", PLACE), PLACE) == b"13800000002"
    with pytest.raises(NotGenuine):
        RING.open(both.seal(b"13800000002", PLACE), PLACE)


def test_a_key_that_was_retired_opens_nothing() -> None:
    old = RING.seal(b"13800000001", PLACE)
    with pytest.raises(NotGenuine):
        KeyRing({2: new_key()}, current=2).open(old, PLACE)


def test_a_blind_index_finds_equal_values_under_one_key_and_for_one_purpose_alone() -> None:
    key, other = new_key(), new_key()
    found = blind_index(key, "phone", "13800000001")
    assert found == blind_index(key, "phone", "13800000001")
    assert len({found, blind_index(other, "phone", "13800000001"), blind_index(key, "id_number", "13800000001")}) == 3
    assert len(found) == 16


def test_a_purpose_and_a_value_cannot_be_divided_otherwise() -> None:
    key = new_key()
    assert blind_index(key, "phone", "1380") != blind_index(key, "phone1", "380")


def test_a_commitment_is_the_same_for_the_same_salt_and_payload_alone() -> None:
    made = commitment(b"s" * 32, b"payload")
    assert made == commitment(b"s" * 32, b"payload")
    assert made not in {commitment(b"t" * 32, b"payload"), commitment(b"s" * 32, b"payloae")}
    assert len(made) == 32


_NUMBERS = st.integers(1, HIGHEST_NUMBER)
_KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
_RINGS = st.dictionaries(_NUMBERS, _KEYS, min_size=1, max_size=5).flatmap(
    lambda keys: st.builds(KeyRing, st.just(keys), st.sampled_from(sorted(keys)))
)


@given(_RINGS, st.binary(max_size=50))
def test_a_ring_seals_under_its_current_key_and_says_so(ring: KeyRing, plain: bytes) -> None:
    blob = ring.seal(plain, PLACE)
    assert key_number(blob) == ring.current
    assert blob.startswith(beginning_under(ring.current))
    assert KeyRing({ring.current: ring.keys[ring.current]}, ring.current).open(blob, PLACE) == plain


@given(_RINGS, st.data())
def test_a_ring_opens_what_any_of_its_keys_sealed_and_nothing_that_another_did(
    ring: KeyRing, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from(sorted(ring.keys)))
    blob = KeyRing(ring.keys, number).seal(b"13800000001", PLACE)
    assert ring.open(blob, PLACE) == b"13800000001"
    without = {other: key for other, key in ring.keys.items() if other != number}
    with pytest.raises(NotGenuine):
        KeyRing(without, number).open(blob, PLACE)


@given(_RINGS, st.data())
def test_a_blob_that_calls_itself_sealed_under_another_key_does_not_open(ring: KeyRing, data: st.DataObject) -> None:
    blob = ring.seal(b"13800000001", PLACE)
    other = data.draw(_NUMBERS.filter(lambda number: number != ring.current))
    renamed = beginning_under(other) + blob[BEGINNING_BYTES:]
    same_key_twice = KeyRing({**ring.keys, other: ring.keys[ring.current]}, ring.current)
    with pytest.raises(NotGenuine):
        same_key_twice.open(renamed, PLACE)


@given(st.binary(max_size=40))
def test_anything_at_all_has_a_number_or_none(blob: bytes) -> None:
    number = key_number(blob)
    assert number is None or (blob[0] == 1 and number == int.from_bytes(blob[1:3]))


def test_a_fingerprint_tells_keys_apart_and_is_not_part_of_them() -> None:
    key = bytes(range(KEY_BYTES))
    assert fingerprint(key) == fingerprint(bytes(range(KEY_BYTES)))
    assert fingerprint(key) != fingerprint(new_key())
    assert fingerprint(key) not in key.hex()
    assert len(fingerprint(key)) == 8


def test_a_ring_that_is_printed_shows_no_key() -> None:
    assert RING.keys[1].hex() not in repr(RING)
    assert repr(RING.keys[1]) not in repr(RING)
