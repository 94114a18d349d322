"""Payloads: what happened, and that the ledger was given exactly this (docs/formats/ledger.md, Event and commitment)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jiangxue_verify.canonical import NotCanonical, parse_object
from jiangxue_verify.errors import Refused
from jiangxue_verify.leaves import Leaf

_SHAPE = {"aid": str, "at_ms": int, "data": dict, "eid": str, "kind": str}


@dataclass(frozen=True)
class Content:
    """A payload as text, and the salt of 32 bytes that lies beside it."""

    text: str
    salt: bytes


def said_by(content: Content, leaf: Leaf, number: int | None = None) -> dict[str, Any]:
    """Return `data` of a payload that is the one under the leaf's commitment and says the same as the leaf.

    `number` names the entry in a refusal; without one, it is the entry of daily heads.
    """
    where = "heads" if number is None else "payloads"
    values = {} if number is None else {"number": number}
    committed = leaf.hash_of_log(b"\2" + content.salt + content.text.encode("utf-8", "surrogatepass"))
    if committed != leaf.commitment:
        raise Refused(f"{where}.commitment", **values)
    try:
        said = parse_object(content.text, _SHAPE)
    except NotCanonical as error:
        raise Refused(f"{where}.form", **values) from error
    if (said["aid"], said["at_ms"], said["eid"], said["kind"]) != (
        leaf.archive_id,
        leaf.happened_ms,
        leaf.event_id,
        leaf.kind,
    ):
        raise Refused(f"{where}.differs", **values)
    data: dict[str, Any] = said["data"]
    return data
