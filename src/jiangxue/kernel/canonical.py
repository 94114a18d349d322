"""One byte string for one value, so that equal facts have equal hashes (RFC 8785 for the values used here)."""

import json
from collections.abc import Mapping

type Value = str | int | bool | list[Value] | Mapping[str, Value] | None


def canonical_json(value: Value) -> bytes:
    """Return compact JSON with sorted keys; floating point numbers are refused with `TypeError`, since they have many spellings."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _refuse_floats(value: Value) -> None:
    if isinstance(value, float):
        raise TypeError("a floating point number has no canonical form")
    if isinstance(value, Mapping):
        for member in value.values():
            _refuse_floats(member)
    elif isinstance(value, list):
        for member in value:
            _refuse_floats(member)
