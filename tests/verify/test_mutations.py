"""Thousands of random changes of an archive, of which not one is accepted."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from jiangxue_verify.archive import Question, judge
from jiangxue_verify.container import MEMBERS
from tests.verify.builder import OWN, canonical, packed
from tests.verify.notary import b64u
from tests.verify.world import LEARNER, OTHER, trust, world

_EACH = 700
"""In the file as a whole, and in each of five members packed properly again: 4,200."""
_MEMBERS = world().parts().members()

Mutation = Callable[[bytes, random.Random], bytes]


def _range(content: bytes, chance: random.Random) -> tuple[int, int]:
    """Return a short range within some bytes."""
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.choice([1, 1, 2, 4, 32, 100]))


def _bit_flipped(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def _byte_replaced(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return (
        content[:place] + chance.choice([b"0", b"1", b"a", b"A", b" ", b"\n", b'"', b"\0", b"="]) + content[place + 1 :]
    )


def _deleted(content: bytes, chance: random.Random) -> bytes:
    start, stop = _range(content, chance)
    return content[:start] + content[stop:]


def _inserted(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return (
        content[:place]
        + chance.choice([b" ", b"\n", b"0", b",", chance.randbytes(1), chance.randbytes(32)])
        + content[place:]
    )


def _duplicated(content: bytes, chance: random.Random) -> bytes:
    start, stop = _range(content, chance)
    return content[:stop] + content[start:]


def _swapped(content: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted([_range(content, chance), _range(content, chance)])
    if b > c:
        return content
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


def _line_moved(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return b"".join(lines)


_MUTATIONS: list[Mutation] = [_bit_flipped, _byte_replaced, _deleted, _inserted, _duplicated, _swapped, _line_moved]


def _is_note(content: bytes) -> bool:
    """The order of signature lines below a checkpoint says nothing: another order is the same checkpoint."""
    return content == _MEMBERS["checkpoint.txt"]


def _mutations(content: bytes, seed: str) -> list[bytes]:
    """Return different contents, none of which is the given one."""
    chance = random.Random(seed)
    found: dict[bytes, None] = {}
    while len(found) < _EACH:
        changed = content
        for _ in range(chance.choice([1, 1, 1, 2, 5])):
            changed = chance.choice(_MUTATIONS)(changed, chance) if changed else changed
        if sorted(changed.split(b"\n")) != sorted(content.split(b"\n")) or (
            changed != content and not _is_note(content)
        ):
            found[changed] = None
    return list(found)


def _accepted(content: bytes) -> bool:
    """No answer but a judgement either: whatever is found, it is found and not stumbled over."""
    return judge(content, Question(trust())).status == 0


def test_the_honest_twin_is_accepted() -> None:
    assert _accepted(packed(_MEMBERS))


def test_no_change_of_the_file_is_accepted() -> None:
    assert not [changed for changed in _mutations(packed(_MEMBERS), "file") if _accepted(changed)]


@pytest.mark.parametrize("name", MEMBERS)
def test_no_change_of_a_member_is_accepted(name: str) -> None:
    changed = _mutations(_MEMBERS[name], name)
    assert not [content for content in changed if _accepted(packed({**_MEMBERS, name: content}))]


_VALUES: list[object] = [
    None,
    True,
    0,
    1,
    -1,
    2,
    13,
    2**53 - 1,
    "",
    "0",
    "1",
    b64u(bytes(32)),
    LEARNER,
    OTHER,
    OWN,
    [],
    {},
    "[]",
    "{}",
]


def _changed_within(value: Any, chance: random.Random) -> Any:
    """Return a value in which one value somewhere is another one, also within texts that hold JSON."""
    if isinstance(value, dict) and value and chance.random() < 0.95:
        name = chance.choice(sorted(value))
        return {**value, name: _changed_within(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.95:
        place = chance.randrange(len(value))
        return [*value[:place], _changed_within(value[place], chance), *value[place + 1 :]]
    if isinstance(value, str) and value.startswith("{") and chance.random() < 0.8:
        return canonical(_changed_within(json.loads(value), chance))
    if isinstance(value, int) and chance.random() < 0.5:
        return value + chance.choice([-2, -1, 1, 2, 1000, -86_400_000])
    return chance.choice(_VALUES)


@pytest.mark.parametrize("name", ["heads", "anchors", "entries"])
def test_no_changed_value_in_a_right_form_is_accepted(name: str) -> None:
    """What bytes alone seldom do: the text is canonical again and the container right."""
    chance = random.Random(name)
    parts = world().parts()
    honest = getattr(parts, name)
    for _ in range(_EACH // 2):
        changed = _changed_within(honest, chance)
        if canonical(changed) != canonical(honest) and isinstance(changed, type(honest)) and changed:
            setattr(parts, name, changed)
            assert not _accepted(parts.packed()), changed
