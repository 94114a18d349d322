"""Rules of retention, holds, and runs that report first and erase later. Clauses T8.1, M2."""

import hashlib
from datetime import datetime

from django.db import transaction

from jiangxue.archive.errors import (
    AlreadyHeld,
    HeldFromAbove,
    NotAReason,
    NothingDue,
    NothingHeld,
    NotTheRole,
    RunMovedOn,
    RunUnderWay,
    SameAdministrator,
    TooFewYears,
)
from jiangxue.archive.models import Erasure, LegalHold, RetentionRule, RetentionRun
from jiangxue.archive.queries.retention import hold_of, places_due, unfinished_run, years_in_force
from jiangxue.archive.rules.retention import LEAST_YEARS, MOST_YEARS
from jiangxue.archive.services.telling import tell_of_run
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.notices.services import clear

LONGEST_REASON = 200
_ONE_RUN = hashlib.sha256(b"retention run").digest()


@transaction.atomic
def set_years(viewer: Viewer, *, years: int, reason: str, by: Actor, now: datetime) -> RetentionRule:
    """Keep archives for so many years from now on, also those that there are; `NotTheRole`, `TooFewYears`, `NotAReason`."""
    if viewer.role is not Role.SECURITY_ADMINISTRATOR:
        raise NotTheRole
    if not LEAST_YEARS <= years <= MOST_YEARS:
        raise TooFewYears
    rule = RetentionRule.objects.create(years=years, by_id=viewer.account_id, at=now, reason=_fit(reason))
    audit.record("retention.set", by=by, at=now, about=("retention_rule", rule.pk))
    return rule


@transaction.atomic
def hold(place: Place, *, viewer: Viewer, reason: str, by: Actor, now: datetime) -> LegalHold:
    """Keep an archive whatever its term (依法保留); `NotTheRole`, `AlreadyHeld`, `NotAReason`. `place` comes from a scoped query."""
    if viewer.role is not Role.SUPERVISOR:
        raise NotTheRole
    lock_until_commit(lock_of_place(place.pk))
    if hold_of(place.pk) is not None:
        raise AlreadyHeld
    held = LegalHold.objects.create(
        enrolment_id=place.pk,
        placed_by_id=viewer.account_id,
        placed_at=now,
        region=viewer.region or "",
        reason=_fit(reason),
    )
    audit.record("hold.placed", by=by, at=now, about=("enrolment", place.pk))
    return held


@transaction.atomic
def lift(place: Place, *, viewer: Viewer, reason: str, by: Actor, now: datetime) -> None:
    """End the hold of an archive; `NotTheRole`, `NothingHeld` if there is none, `HeldFromAbove`, `NotAReason`."""
    if viewer.role is not Role.SUPERVISOR:
        raise NotTheRole
    lock_until_commit(lock_of_place(place.pk))
    held = hold_of(place.pk)
    if held is None:
        raise NothingHeld
    if not may_lift(held, viewer):
        raise HeldFromAbove
    held.lifted_by_id, held.lifted_at, held.lifted_because = viewer.account_id, now, _fit(reason)
    held.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    audit.record("hold.lifted", by=by, at=now, about=("enrolment", place.pk))


@as_program()
@transaction.atomic
def report(viewer: Viewer, *, by: Actor, now: datetime) -> RetentionRun:
    """List the archives that are over their time, and erase nothing; `NotTheRole`, `RunUnderWay`, `NothingDue`."""
    if viewer.role is not Role.SYSTEM_ADMINISTRATOR:
        raise NotTheRole
    lock_until_commit(_ONE_RUN)
    if unfinished_run() is not None:
        raise RunUnderWay
    due = places_due(learning_day(now))
    if not due:
        raise NothingDue
    run = RetentionRun.objects.create(reported_by_id=viewer.account_id, reported_at=now, years=years_in_force())
    Erasure.objects.bulk_create(Erasure(run=run, enrolment_id=each.place.pk, due_on=each.due_on) for each in due)
    audit.record("retention.reported", by=by, at=now, about=("retention_run", run.pk))
    tell_of_run(run)
    return run


@as_program()
@transaction.atomic
def confirm(viewer: Viewer, run_id: int, *, by: Actor, now: datetime) -> RetentionRun:
    """Let what a run lists be erased; `NotTheRole`, `RunMovedOn`, `SameAdministrator`. The worker does it, and looks at each archive again."""
    run = _waiting_run(viewer, run_id)
    if run.reported_by_id == viewer.account_id:
        raise SameAdministrator
    run.confirmed_by_id, run.confirmed_at = viewer.account_id, now
    run.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record("retention.confirmed", by=by, at=now, about=("retention_run", run.pk))
    clear(["retention.reported"], about=("retention_run", run.pk), at=now)
    return run


@transaction.atomic
def drop(viewer: Viewer, run_id: int, *, by: Actor, now: datetime) -> None:
    """End a run that nobody has confirmed: nothing is erased; `NotTheRole`, `RunMovedOn`."""
    run = _waiting_run(viewer, run_id)
    run.finished_at = now
    run.save(update_fields=["finished_at"])
    audit.record("retention.dropped", by=by, at=now, about=("retention_run", run.pk))
    clear(["retention.reported"], about=("retention_run", run.pk), at=now)


def _waiting_run(viewer: Viewer, run_id: int) -> RetentionRun:
    if viewer.role is not Role.SECURITY_ADMINISTRATOR:
        raise NotTheRole
    lock_until_commit(_ONE_RUN)
    run = RetentionRun.objects.filter(pk=run_id, confirmed_at=None, finished_at=None).first()
    if run is None:
        raise RunMovedOn
    return run


def may_lift(held: LegalHold, viewer: Viewer) -> bool:
    """Say whether a supervisor answers for the region that a hold was placed for, or for a wider one."""
    return viewer.role is Role.SUPERVISOR and held.region.startswith(viewer.region or "-")


def lock_of_place(enrolment_id: int) -> bytes:
    """Return the lock under which a place is held, or its archive erased."""
    return hashlib.sha256(f"retention of place {enrolment_id}".encode()).digest()


def _fit(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise NotAReason
    return said
