"""Auditing the log and keeping the report (核验存证日志). Clause T8.2."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jiangxue.djangokit.plain import plain_connection
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.clock import Clock, monotonic_ms
from jiangxue.kernel.hashing import HASH_OF_PROFILE
from jiangxue.ledger.log.auditing import Audit, audit
from jiangxue.ledger.models import LogAudit
from jiangxue.ledger.queries.audits import JOB
from jiangxue.ledger.services.alarming import alarm

ALARM = "audit.found"
ONE_AT_A_TIME = "ledger.audit_log"


def ask_for_audit() -> bool:
    """Let the worker audit the log; return False if an audit waits to be begun already."""
    job = app.configure_task(JOB, lock=ONE_AT_A_TIME, queueing_lock=ONE_AT_A_TIME)
    try:
        with transaction.atomic():
            job.defer()
    except AlreadyEnqueued:
        return False
    return True


def audited(known: list[str], *, with_contents: bool, erased: Collection[UUID] = ()) -> Audit:
    """Audit the log as it stands and return what was found; keeps nothing. `erased` are archives that were erased again after a restore."""
    with plain_connection("audit") as connection:
        by = HASH_OF_PROFILE[settings.CRYPTO_PROFILE]
        return audit(connection, by, known=known, ring=key_ring() if with_contents else None, erased=erased)


def audit_and_report(*, clock: Clock) -> LogAudit:
    """Audit the log with all contents, keep the report, and raise an alarm if something is found.

    Contents, because nothing else tells an entry that was put behind the last one past the inbox: it follows from all before it.
    """
    at, began_ms = clock.now(), monotonic_ms()
    found = audited([], with_contents=True)
    report = LogAudit.objects.create(
        at=at,
        size=found.counts.get("entries", 0),
        seconds=(monotonic_ms() - began_ms) / 1000,
        found=sum(found.found.values()),
        findings=[list(asdict(each).values()) for each in found.findings],
    )
    if not found.is_clean:
        _alarm(found, at)
    return report


def _alarm(found: Audit, at: datetime) -> None:
    kinds = ", ".join(f"{kind}: {number}" for kind, number in sorted(found.found.items()))
    alarm(ALARM, kinds, now=at)
