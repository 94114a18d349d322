"""JSON in its one canonical form (RFC 8785), without fractions: whatever is written otherwise is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, Union

Json = Union[None, bool, int, str, list[Any], dict[str, Any]]
Shape = Mapping[str, type]
"""The members that an object must have, and the type of each."""

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """The text is no JSON, or not in the one form that its value has."""


def decode(content: bytes) -> str:
    """Return the text of UTF-8 bytes."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotCanonical from error


def parse(text: str) -> Json:
    """Return the value of a canonical text: whole numbers of at most 53 bits, at most 32 levels, no member twice."""
    try:
        value: Json = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_refused, parse_constant=_refused
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotCanonical from error
    if encode(value) != text:
        raise NotCanonical
    return value


def parse_object(text: str, *shapes: Shape) -> dict[str, Any]:
    """Return the object of a canonical text that has exactly the members of one of these shapes."""
    return shaped(parse(text), *shapes)


def shaped(value: Json, *shapes: Shape) -> dict[str, Any]:
    """Return a value if it is an object with exactly the members of one of these shapes; true is no number."""
    if isinstance(value, dict):
        types = {name: type(member) for name, member in value.items()}
        if any(types == shape for shape in shapes):
            return value
    raise NotCanonical


def encode(value: Json, depth: int = 0) -> str:
    """Return the canonical text of a value."""
    if isinstance(value, str):
        return _text(value)
    if depth >= MAX_DEPTH and isinstance(value, (list, dict)):
        raise NotCanonical
    if isinstance(value, list):
        return "[" + ",".join([encode(item, depth + 1) for item in value]) + "]"
    if isinstance(value, dict):
        members = sorted(value.items(), key=_order)
        return "{" + ",".join([f"{_text(name)}:{encode(item, depth + 1)}" for name, item in members]) + "}"
    return _word(value)


def _word(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, int) or abs(value) > MAX_INTEGER:
        raise NotCanonical
    return str(value)


def _text(text: str) -> str:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise NotCanonical
    return encode_basestring(text)


def _order(member: tuple[str, Json]) -> bytes:
    """RFC 8785, section 3.2.3: names are sorted by their UTF-16 code units."""
    return member[0].encode("utf-16-be", "surrogatepass")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotCanonical
    return found


def _integer(digits: str) -> int:
    if len(digits) > len(str(-MAX_INTEGER)):
        raise NotCanonical
    return int(digits)


def _refused(_: str) -> Json:
    raise NotCanonical
