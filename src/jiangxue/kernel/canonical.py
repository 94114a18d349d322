"""One byte string for one value, so that equal facts have equal hashes (RFC 8785 for the values used here)."""

import json
from collections.abc import Mapping

LARGEST_NUMBER = 2**53 - 1
"""Beyond it, readers in other languages take one whole number for another."""

type Value = str | int | bool | list[Value] | Mapping[str, Value] | None


def canonical_json(value: Value) -> bytes:
    """Return compact JSON with sorted keys.

    What has several spellings is refused with `TypeError`: floating point numbers, whole numbers beyond 2^53 - 1, and names with signs
    beyond the basic plane, which RFC 8785 sorts otherwise than by their code points.
    """
    _refuse_ambiguous(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _refuse_ambiguous(value: Value) -> None:
    if isinstance(value, float):
        raise TypeError("a floating point number has no canonical form")
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise TypeError("a number beyond 2^53 - 1 is not the same for every reader")
    if isinstance(value, Mapping):
        for name, member in value.items():
            if max(name, default="") > "\uffff":
                raise TypeError("a name with signs beyond the basic plane has no one place")
            _refuse_ambiguous(member)
    elif isinstance(value, list):
        for member in value:
            _refuse_ambiguous(member)
