"""What of an archive was disputed: appeals of the learner, cases of the authority, and the steps that followed. Clause T8.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did with an appeal."""

    ordinal: int
    kind: str
    at_ms: int
    by: int
    role: str
    result: str
    ms: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """A disputed stretch, the steps that followed, and what was given back of it."""

    appeal: str
    session: str
    day: date
    start_ms: int
    end_ms: int
    reason: str
    text: str
    picture: str | None
    opened_at_ms: int
    due_on: date
    steps: tuple[Step, ...]
    corrected_ms: int


@dataclass(frozen=True, slots=True)
class CaseWord:
    """A step of a case: explained, asked, proposed, sent_back, decided, or lapsed, which nobody did; `days` are those not recognised, `pictures` digests."""

    ordinal: int
    kind: str
    at_ms: int
    by: int | None
    role: str
    text: str
    result: str
    days: tuple[date, ...]
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case about hours, as it was opened (`values`), and the steps that followed."""

    case: str
    at_ms: int
    values: Mapping[str, Any]
    steps: tuple[CaseWord, ...]
