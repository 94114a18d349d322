"""Ed25519 of our own accepts what RFC 8032 and OpenSSL accept, and is stricter where they leave a choice."""

import random

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jiangxue_verify.ed25519 import is_good_key, is_valid

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493

_RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
"""Section 7.1: public key, message, signature."""

_SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",  # order 1
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # order 2
    "0000000000000000000000000000000000000000000000000000000000000000",  # order 4
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  # order 8
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]

_NOT_CANONICAL = [
    (_P + 1).to_bytes(32, "little"),  # y = 1
    _P.to_bytes(32, "little"),  # y = 0
    (2**255 - 1).to_bytes(32, "little"),
    (1 | 1 << 255).to_bytes(32, "little"),  # x = 0 with the sign of another
    (_P - 1 | 1 << 255).to_bytes(32, "little"),
]


@pytest.mark.parametrize(("public", "message", "signature"), _RFC_8032)
def test_the_vectors_of_rfc_8032_hold(public: str, message: str, signature: str) -> None:
    assert is_valid(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))
    assert not is_valid(bytes.fromhex(public), bytes.fromhex(message) + b"\0", bytes.fromhex(signature))


def _accepts(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return what OpenSSL says."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _flipped(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def test_thousands_of_signatures_are_judged_as_openssl_judges_them() -> None:
    chance = random.Random(20)
    accepted = 0
    for _ in range(30):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public = key.public_key().public_bytes_raw()
        for _ in range(50):
            message = chance.randbytes(chance.randrange(1, 200))
            signature = key.sign(message)
            assert is_valid(public, message, signature)
            damaged = (message, _flipped(signature, chance)) if chance.random() < 0.5 else (b"!" + message, signature)
            accepted += _accepts(public, *damaged)
            assert is_valid(public, *damaged) is _accepts(public, *damaged)
    assert accepted == 0


def test_damaged_keys_are_judged_as_openssl_judges_them() -> None:
    chance = random.Random(21)
    key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"note")
    for _ in range(300):
        other = _flipped(public, chance)
        assert not is_valid(other, b"note", signature)
        assert not _accepts(other, b"note", signature)


@pytest.mark.parametrize("public", [*map(bytes.fromhex, _SMALL_ORDER), *_NOT_CANONICAL, b"", b"\1" * 31, b"\1" * 33])
def test_keys_under_which_anything_could_be_signed_are_no_keys(public: bytes) -> None:
    """With A of order 1 the signature (R = B·S, S) holds under every message."""
    anything = bytes.fromhex("5866666666666666666666666666666666666666666666666666666666666666") + (1).to_bytes(
        32, "little"
    )
    assert not is_good_key(public)
    assert not is_valid(public, b"whatever", anything)


def test_the_key_of_order_one_would_be_believed_without_that_check() -> None:
    """So that the test above cannot pass because its signature is wrong anyway."""
    anything = bytes.fromhex("5866666666666666666666666666666666666666666666666666666666666666") + (1).to_bytes(
        32, "little"
    )
    assert _accepts(bytes.fromhex(_SMALL_ORDER[0]), b"whatever", anything)


def test_a_second_form_of_a_good_signature_is_refused() -> None:
    public, message, signature = map(bytes.fromhex, _RFC_8032[2])
    scalar = int.from_bytes(signature[32:], "little")
    for other in (scalar + _L, scalar + 2 * _L, scalar | 1 << 255):
        assert not is_valid(public, message, signature[:32] + other.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 63, 65, 128])
def test_a_signature_of_another_length_is_refused(length: int) -> None:
    public, message, signature = map(bytes.fromhex, _RFC_8032[0])
    assert not is_valid(public, message, (signature * 2)[:length])
