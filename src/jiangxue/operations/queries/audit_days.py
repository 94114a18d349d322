"""Days of the audit (审计日) as the ledger holds them, and whether the audit still says the same. Clauses M3, T8.2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiangxue.audit.queries import days as audit
from jiangxue.audit.rules.days import (
    ARCHIVE,
    KIND,
    Difference,
    Finding,
    Sealed,
    breaks_of,
    day_to_seal,
    difference,
    digest_of,
)
from jiangxue.kernel.hashing import HASHES
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger.errors import NoSuchArchive
from jiangxue.ledger.queries.contents import records_of
from jiangxue.operations.errors import NoSuchDay


@dataclass(frozen=True, slots=True)
class EnteredDay:
    """A day in the ledger, with the place of its entry in the log; None while it waits to be sealed."""

    sealed: Sealed
    index: int | None


def entered_days() -> list[EnteredDay]:
    """Return the days that are in the ledger, in their order, for the program itself. Raises `LogDamaged`."""
    try:
        records = records_of(ARCHIVE)
    except NoSuchArchive:
        return []
    found = [EnteredDay(_sealed(each.data), each.index) for each in records if each.kind == KIND and each.data]
    return sorted(found, key=lambda each: each.sealed.day)  # what waits to be sealed has no order of its own


def sealed_days() -> list[Sealed]:
    """Return the same without their places."""
    return [each.sealed for each in entered_days()]


def days_for(viewer: Viewer) -> list[EnteredDay]:
    """Return the days newest first, for the audit administrator alone."""
    return entered_days()[::-1] if viewer.role is Role.AUDIT_ADMINISTRATOR else []


def day_for(viewer: Viewer, day: date) -> EnteredDay:
    """Return one day for the audit administrator, or raise `NoSuchDay`."""
    for each in days_for(viewer):
        if each.sealed.day == day:
            return each
    raise NoSuchDay


def last_check_for(viewer: Viewer) -> audit.Report | None:
    """Return the newest report, for the audit administrator alone."""
    return audit.last_check() if viewer.role is Role.AUDIT_ADMINISTRATOR else None


def computed_again(sealed: Sealed) -> Finding | None:
    """Compute a day again and return in what it differs from what the ledger holds; None if it agrees."""
    digest, entries = digest_of(audit.lines_between(sealed.after, sealed.last), HASHES[sealed.hash_name])
    return difference(sealed, digest, entries)


def compare(days: Sequence[Sealed], now: datetime) -> list[Finding]:
    """Compute some days again and return what differs, after where the days of the ledger do not go on from one another."""
    again = [finding for each in days if (finding := computed_again(each)) is not None]
    return [*_breaks(now), *again]


def breaks_for(viewer: Viewer, now: datetime) -> list[Finding]:
    """Return where the days of the ledger do not go on from one another, or one is overdue, for the audit administrator alone."""
    return _breaks(now) if viewer.role is Role.AUDIT_ADMINISTRATOR else []


def _breaks(now: datetime) -> list[Finding]:
    days, first = sealed_days(), audit.first_day()
    if not days and first is not None and first < day_to_seal(now):
        return [Finding(first, Difference.OVERDUE, 0, 0)]
    return breaks_of(days, now)


def _sealed(data: Mapping[str, Any]) -> Sealed:
    return Sealed(
        day=date.fromisoformat(data["day"]),
        after=data["after"],
        last=data["last"],
        entries=data["entries"],
        hash_name=data["hash"],
        digest=data["digest"],
    )
