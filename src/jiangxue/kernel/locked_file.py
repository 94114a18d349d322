"""Files that lie locked: blocks of 256 KiB, each under the file's own key (AES-256-GCM), written and read in flat memory.

A block's nonce is its number and whether it is the last, so that blocks that were altered, exchanged, left out or cut off do not open.
A key is for one file only: nonces would come again in a second one.
"""

from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jiangxue.kernel.crypto import NotGenuine

BLOCK_BYTES = 256 * 1024
TAG_BYTES = 16


def lock_file(key: bytes, source: BinaryIO, target: BinaryIO) -> None:
    """Write all that `source` holds, locked, to `target`."""
    box = AESGCM(key)
    for number, block, is_last in _blocks(source, BLOCK_BYTES):
        target.write(box.encrypt(_nonce(number, is_last=is_last), block, None))


def unlocked(key: bytes, source: BinaryIO) -> Iterator[bytes]:
    """Yield what a locked file holds, block by block; raises `NotGenuine` at the first block that is not as it was written."""
    box = AESGCM(key)
    for number, block, is_last in _blocks(source, BLOCK_BYTES + TAG_BYTES):
        try:
            yield box.decrypt(_nonce(number, is_last=is_last), block, None)
        except InvalidTag:
            raise NotGenuine("altered, cut off, or locked under another key") from None


def _blocks(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the blocks of a file with their numbers and whether they are the last; an empty file is one empty block."""
    number, block = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, block, not following
        if not following:
            return
        number, block = number + 1, following


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
