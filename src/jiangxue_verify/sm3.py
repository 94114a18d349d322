"""SM3 in plain Python, for builds whose OpenSSL lacks it. Source: GB/T 32905-2016; names as there."""

from __future__ import annotations

import struct

_MASK = 0xFFFFFFFF
_IV = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_BLOCK = 64


def _turned(word: int, by: int) -> int:
    """Return a word of 32 bits, rotated to the left."""
    by %= 32
    return ((word << by) | (word >> (32 - by))) & _MASK


_CONSTANTS = tuple(_turned(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64))


def _p0(word: int) -> int:
    return word ^ _turned(word, 9) ^ _turned(word, 17)


def _p1(word: int) -> int:
    return word ^ _turned(word, 15) ^ _turned(word, 23)


def _expanded(block: bytes) -> list[int]:
    """Return the 68 words of a block of 64 bytes."""
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        mixed = _p1(words[j - 16] ^ words[j - 9] ^ _turned(words[j - 3], 15))
        words.append(mixed ^ _turned(words[j - 13], 7) ^ words[j - 6])
    return words


def _compressed(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """Return the state after one block of 64 bytes."""
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        turned = _turned(a, 12)
        ss1 = _turned((turned + e + _CONSTANTS[j]) & _MASK, 7)
        ss2 = ss1 ^ turned
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        tt1 = (ff + d + ss2 + (words[j] ^ words[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + words[j]) & _MASK
        a, b, c, d = tt1, a, _turned(b, 9), c
        e, f, g, h = _p0(tt2), e, _turned(f, 19), g
    after = (a, b, c, d, e, f, g, h)
    return tuple(old ^ new for old, new in zip(state, after))


def digest(content: bytes) -> bytes:
    """Return the SM3 of some bytes, 32 bytes."""
    padded = content + b"\x80" + b"\0" * (-(len(content) + 9) % _BLOCK) + struct.pack(">Q", 8 * len(content))
    state: tuple[int, ...] = _IV
    for start in range(0, len(padded), _BLOCK):
        state = _compressed(state, padded[start : start + _BLOCK])
    return struct.pack(">8I", *state)
