"""Entering each day of the audit into the ledger, and holding days against it (审计日). Clauses M3, T8.2; docs/formats/audit-day.md.

Neither the audit nor the ledger knows of the other: it is brought together here.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jiangxue.audit import services as audit
from jiangxue.audit.queries import days as entered
from jiangxue.audit.rules.days import ARCHIVE, Finding, Sealed, day_to_seal, digest_of
from jiangxue.audit.services import keep_check
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.hashing import HASH_OF_PROFILE
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.services import append, ensure_archive
from jiangxue.ledger.services.alarming import alarm
from jiangxue.operations.errors import NotTheirsToCheck, TooLargeAtOnce
from jiangxue.operations.queries.audit_days import compare, computed_again, day_for, sealed_days
from jiangxue.operations.services.witnessing import By

ALARM = "audit_days.found"
CHECK = "operations.check_audit_days"
MOST_AT_ONCE = 20_000
"""Entries that are computed while somebody waits: a second or two."""
_JOB = "operations:check_audit_days"
_ONE_AT_A_TIME = hashlib.sha256(b"days of the audit").digest()


def seal_days(*, clock: Clock) -> list[date]:
    """Enter every day that is over and not entered yet into the ledger, each in a transaction of its own, and return them; raise `StillWriting`."""
    now = clock.now()
    until, settled = day_to_seal(now), entered.settled_id()
    sealed: list[date] = []
    while (day := _seal_next(until, settled, now)) is not None:
        sealed.append(day)
    return sealed


@transaction.atomic
def _seal_next(until: date, settled: int, now: datetime) -> date | None:
    """Enter the day after the last one that was entered; None if that is not over yet."""
    lock_until_commit(_ONE_AT_A_TIME)
    last = next(reversed(sealed_days()), None)
    day = last.day + timedelta(days=1) if last else (entered.first_day() or until)
    if day > until:
        return None
    after = last.last if last else None
    end = entered.last_id_of(day, after, settled)
    by = HASH_OF_PROFILE[settings.CRYPTO_PROFILE]
    digest, entries = digest_of(entered.lines_between(after, end), by)
    ensure_archive(ARCHIVE)
    append(ARCHIVE, "audit.day", Sealed(day, after, end, entries, by.name, digest).to_values(), at=now)
    return day


def check_days(*, clock: Clock, only: Sequence[Sealed] | None = None) -> bool:
    """Compute days again, all that are in the ledger or only some, keep the report and raise an alarm where one differs; say whether all agree.

    Where nothing is in the ledger yet there is nothing to report.
    """
    now = clock.now()
    days = sealed_days() if only is None else only
    if not days:
        return True
    findings = compare(days, now)
    said = [[each.day.isoformat(), each.difference.value, each.sealed, each.found] for each in findings]
    with transaction.atomic():
        keep_check(days[0].day, days[-1].day, days=len(days), findings=said, at=now)
    if findings:
        alarm(ALARM, "; ".join(f"{day} {what} ({sealed}, {found})" for day, what, sealed, found in said)[:500], now=now)
    return not findings


@transaction.atomic
def check_day(by: By, day: date) -> Finding | None:
    """Compute one day again for the audit administrator and return in what it differs; None if it agrees. Raises `NoSuchDay` or `TooLargeAtOnce`."""
    meant = day_for(by.viewer, day)
    if meant.sealed.entries > MOST_AT_ONCE:
        raise TooLargeAtOnce
    audit.record("audit.checked", by=by.actor, at=by.now, about=("audit_day", day.isoformat()))
    return computed_again(meant.sealed)


@transaction.atomic
def ask_for_check(by: By) -> bool:
    """Let the worker compute all days again for the audit administrator; return False if it is about to already. Raises `NotTheirsToCheck`."""
    if by.viewer.role is not Role.AUDIT_ADMINISTRATOR:
        raise NotTheirsToCheck
    try:
        with transaction.atomic():
            app.configure_task(_JOB, lock="operations.audit_days", queueing_lock=CHECK).defer()
    except AlreadyEnqueued:
        return False
    audit.record("audit.checked", by=by.actor, at=by.now)
    return True
