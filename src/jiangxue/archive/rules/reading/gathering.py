"""What readers gather while they go through the records of an archive, in their order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jiangxue.archive.rules.disputed import Appeal, Case
from jiangxue.archive.rules.dossier import (
    Attempt,
    Attendance,
    Check,
    Consent,
    Description,
    Erased,
    FaceAttempt,
    Forgotten,
    Promised,
    Rating,
    Session,
    Settled,
    Verified,
    Word,
)
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.learning.rules.verdicts import Judged, Span

type Facts = Mapping[str, Any]
type Part = tuple[str, int, int]
"""The session, its sealing and the day (proleptic ordinal) that a segment belongs to."""


@dataclass(slots=True)
class Gathered:
    """All that the records have told so far; times are ms since 1970."""

    opened_at_ms: int | None = None
    descriptions: list[Description] = field(default_factory=list)
    versions_changed: list[tuple[int, int, int]] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    segments: dict[Part, list[Stretch]] = field(default_factory=dict)
    verdicts: dict[Part, list[Judged]] = field(default_factory=dict)
    corrections: dict[str, list[Span]] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    faces: dict[str, FaceAttempt] = field(default_factory=dict)
    faces_forgotten: list[Forgotten] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    appeals: dict[str, Appeal] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    ratings: dict[int, Rating] = field(default_factory=dict)
    consents: list[Consent] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    verifications: list[Verified] = field(default_factory=list)
    erased: Erased | None = None
    settlements: dict[int, Settled] = field(default_factory=dict)


type Reader = Callable[[Gathered, int, Facts], None]
"""Takes the content of one record, and when it happened, into what is gathered: whole, or not at all."""

NOT_UNDERSTOOD = (KeyError, IndexError, TypeError, ValueError)
"""What a reader raises at a content that it does not understand, such as one of an older program."""
