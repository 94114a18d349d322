"""A record of an archive as it is read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Record:
    """One record (记录) of an archive: `number` counts within it from 1, `index` is its place in the log; both are None while it waits to be sealed.

    `data` is None where the content was erased.
    """

    eid: UUID
    number: int | None
    index: int | None
    kind: str
    at_ms: int
    data: Mapping[str, Any] | None
