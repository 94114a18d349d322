"""SM3 of our own gives what the standard and OpenSSL give."""

import hashlib
import random

import pytest

from jiangxue_verify import hashing, sm3

_PUBLISHED = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]
"""GB/T 32905-2016, appendix A."""


@pytest.mark.parametrize(("content", "digest"), _PUBLISHED)
@pytest.mark.parametrize("hash_", [sm3.digest, hashing.HASHES["sm3"]])
def test_sm3_gives_the_published_digests(hash_: hashing.Hash, content: bytes, digest: str) -> None:
    assert hash_(content).hex() == digest


def test_sm3_of_our_own_gives_what_openssl_gives_at_every_length_of_padding() -> None:
    chance = random.Random(8)
    for length in [*range(200), 1000, 4097]:
        content = chance.randbytes(length)
        assert sm3.digest(content) == hashlib.new("sm3", content).digest()


def test_a_build_without_sm3_takes_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_a_build_without(content: bytes) -> bytes:
        return hashlib.new("no-such-hash", content).digest()

    assert hashing.sm3_of_choice() is hashing.sm3_of_the_build
    monkeypatch.setattr(hashing, "sm3_of_the_build", of_a_build_without)
    assert hashing.sm3_of_choice() is sm3.digest


def test_sha256_is_that_of_everybody() -> None:
    assert hashing.HASHES["sha256"](b"abc").hex() == hashlib.sha256(b"abc").hexdigest()
