"""Sealed blobs open where they were sealed and nowhere else; indexes and commitments reveal nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.crypto import KEY_BYTES, KeyRing, NotGenuine, blind_index, commitment, new_key

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
