"""Locked files: what was written comes back, and nothing that was altered, exchanged, cut off or moved does."""

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.crypto import NotGenuine, new_key
from jiangxue.kernel.locked_file import BLOCK_BYTES, TAG_BYTES, lock_file, unlocked

_LOCKED = BLOCK_BYTES + TAG_BYTES
_LENGTHS = (0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES)


def _locked(key: bytes, content: bytes) -> bytes:
    target = BytesIO()
    lock_file(key, BytesIO(content), target)
    return target.getvalue()


def _opened(key: bytes, locked: bytes) -> bytes:
    return b"".join(unlocked(key, BytesIO(locked)))


@pytest.mark.parametrize("length", _LENGTHS)
def test_a_file_of_any_length_comes_back(length: int) -> None:
    key, content = new_key(), bytes(index % 251 for index in range(length))
    assert _opened(key, _locked(key, content)) == content


@given(st.binary(max_size=200))
def test_nothing_of_it_can_be_read_without_the_key(content: bytes) -> None:
    locked = _locked(new_key(), content + b"marked-so-that-it-would-be-found")
    assert b"marked-so" not in locked
    with pytest.raises(NotGenuine):
        _opened(new_key(), locked)


_DONE: dict[str, Callable[[bytes], bytes]] = {
    "altered": lambda locked: bytes([locked[0] ^ 1]) + locked[1:],
    "cut off at a block": lambda locked: locked[:-_LOCKED],
    "cut off in a block": lambda locked: locked[:-1],
    "emptied": lambda locked: b"",
    "two blocks exchanged": lambda locked: locked[_LOCKED : 2 * _LOCKED] + locked[:_LOCKED] + locked[2 * _LOCKED :],
    "a block left out": lambda locked: locked[_LOCKED:],
    "made longer": lambda locked: locked + locked[-_LOCKED:],
}


@pytest.mark.clause("M2")
@pytest.mark.parametrize("done", _DONE.values(), ids=_DONE)
def test_a_file_that_is_not_as_it_was_written_does_not_open(done: Callable[[bytes], bytes]) -> None:
    key = new_key()
    locked = _locked(key, bytes(3 * BLOCK_BYTES))
    with pytest.raises(NotGenuine):
        _opened(key, done(locked))
