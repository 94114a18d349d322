"""Licences and other papers (证照) of an organisation, and when they run out. Clauses C1, Q1 to Q5."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WARNED_BEFORE = timedelta(days=60)
"""How long before its end a paper is warned of: renewing a licence takes a month or two."""

TOLD_AFTER = timedelta(days=180)
"""So long after its end people are still told that a paper has run out; messages are kept no longer, and would be told again."""


class PaperKind(StrEnum):
    """What a paper is."""

    BUSINESS_LICENCE = "business_licence"
    TRAINING_LICENCE = "training_licence"
    FILING = "filing"
    CREDIT_CHECK = "credit_check"
    OTHER = "other"


DEMANDED = (PaperKind.BUSINESS_LICENCE, PaperKind.TRAINING_LICENCE)
"""What an institution has to have on file: 营业执照 (or 法人登记证书) and 办学许可证."""
DEMANDED_OF = {"institution": DEMANDED, "enterprise": (PaperKind.BUSINESS_LICENCE,)}
"""What each kind of organisation has to have on file; an enterprise trains its own people and is no school, an authority needs nothing."""


class PaperState(StrEnum):
    """Where a paper stands on a day."""

    IN_FORCE = "in_force"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    NOT_YET = "not_yet"


class FileStanding(StrEnum):
    """Where the papers of an organisation stand together: some demanded one is not in force, something is to be renewed, or all is well."""

    LACKING = "lacking"
    ENDING = "ending"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Held:
    """A paper as the rules see it: its kind, from which day to which it is of force; None: without end."""

    kind: PaperKind
    issued_on: date
    valid_until: date | None


def state_of(paper: Held, today: date) -> PaperState:
    """Say where a paper stands: it holds on its last day, and is warned of for the 60 days that end with that."""
    if today < paper.issued_on:
        return PaperState.NOT_YET
    if paper.valid_until is None:
        return PaperState.IN_FORCE
    if today > paper.valid_until:
        return PaperState.EXPIRED
    return PaperState.EXPIRING if paper.valid_until - today < WARNED_BEFORE else PaperState.IN_FORCE


def lacking(papers: Iterable[Held], today: date, demanded: Collection[PaperKind] = DEMANDED) -> list[PaperKind]:
    """Return which of the demanded papers are not of force on a day."""
    good = {paper.kind for paper in papers if is_in_force(paper, today)}
    return [kind for kind in demanded if kind not in good]


def is_in_force(paper: Held, today: date) -> bool:
    """Say whether a paper holds on a day, its first and its last included."""
    return state_of(paper, today) in (PaperState.IN_FORCE, PaperState.EXPIRING)


def holds_until(papers: Iterable[Held], kind: PaperKind, today: date) -> date | None:
    """Return the last day to which papers of a kind hold without a gap from a day on; the day before it where none is of force, None without end."""
    until = today - timedelta(days=1)
    for paper in sorted((each for each in papers if each.kind is kind), key=lambda each: each.issued_on):
        if paper.issued_on > until + timedelta(days=1):
            break
        if paper.valid_until is None:
            return None
        until = max(until, paper.valid_until)
    return until


def standing_of(papers: Iterable[Held], today: date, demanded: Collection[PaperKind]) -> FileStanding:
    """Say where the papers of an organisation stand on a day."""
    held = list(papers)
    if lacking(held, today, demanded):
        return FileStanding.LACKING
    return FileStanding.ENDING if to_renew(held, today) else FileStanding.COMPLETE


def to_renew(papers: Iterable[Held], today: date) -> list[Held]:
    """Return the papers that run out soon and have no successor, the soonest first."""
    held = list(papers)
    last = {kind: max((_end(paper) for paper in held if paper.kind is kind), default=date.min) for kind in PaperKind}
    ending = [paper for paper in held if state_of(paper, today) is PaperState.EXPIRING]
    return sorted((paper for paper in ending if _end(paper) == last[paper.kind]), key=_end)


def _end(paper: Held) -> date:
    return paper.valid_until or date.max
