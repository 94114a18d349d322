"""Erasing archives that a confirmed run lists: first the ledger is told, and when that is sealed and signed, everything else goes.

Each archive is a transaction of its own, and every step can be done again: a worker that dies in between loses nothing. Clauses T8.1, M2.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from jiangxue.accounts.queries import memberships
from jiangxue.accounts.services.erasing import erase_account, lock_account
from jiangxue.archive.models import Erasure, RetentionRun
from jiangxue.archive.queries.retention import is_held, unerased_places, why_kept
from jiangxue.archive.rules.retention import Kept
from jiangxue.archive.services.retaining import lock_of_place
from jiangxue.assessment.services import erase_attempts
from jiangxue.attendance.services.erasing import erase_attendance
from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.queries import Place, places_by_id
from jiangxue.enrolment.services import mark_erased
from jiangxue.enrolment.services.erasing import erase_roster_lines, erase_told
from jiangxue.facecheck.services.erasing import erase_checks, erase_faces
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.ties import tied_places
from jiangxue.learning.services.erasing import erase_place
from jiangxue.learning.services.leases import lock_leases
from jiangxue.ledger.services.forgetting import announce_erasure, forget, goes_on, is_erasable
from jiangxue.rating.services.erasing import erase_rating

ERASED_AT_ONCE = 200
TERM = "term"
"""Why contents are erased: their term of retention is over."""


def go_on_erasing(*, clock: Clock) -> int:
    """Do what can be done now of all confirmed runs, some hundred archives at a time, and return how many were erased for good."""
    erased = 0
    for run in RetentionRun.objects.exclude(confirmed_at=None).filter(finished_at=None).order_by("pk"):
        for item in _open_items(run)[:ERASED_AT_ONCE]:
            if item.announced_at is None:
                _announce(item.pk, clock.now())
            else:
                erased += _destroy(item.pk, clock.now())
        _finish(run.pk, clock.now())
    return erased


def _open_items(run: RetentionRun) -> list[Erasure]:
    """Return what is left to do, what was announced first: its proof may have come meanwhile."""
    items = Erasure.objects.filter(run=run, erased_at=None, kept_because="")
    return list(items.order_by("announced_at", "due_on", "pk"))


@transaction.atomic
def _announce(item_id: int, now: datetime) -> None:
    """Tell the ledger that an archive is erased, or keep it if something speaks against that today."""
    item, place = _locked(item_id)
    if item.announced_at is not None or item.kept_because:
        return
    reason = why_kept(place, learning_day(now))
    if reason is not None:
        _keep(item, reason)
        return
    facts: dict[str, Value] = {
        "because": TERM,
        "due_on": item.due_on.isoformat(),
        "years": item.run.years,
        "run": item.run_id,
    }
    announce_erasure(place.aid, facts, at=now)
    mark_erased(place.pk, at=now)
    item.announced_at = now
    item.save(update_fields=["announced_at"])


@transaction.atomic
def _destroy(item_id: int, now: datetime) -> bool:
    """Destroy what belongs to an archive once the log holds, signed, that it was erased; say whether that is so.

    Until then it can still be kept: for a hold, for a record that came after all, or with another archive that is kept.
    """
    item, place = _locked(item_id)
    if item.erased_at is not None or item.kept_because:
        return False
    tied = places_by_id({pk for pair in tied_places([place.pk]) for pk in pair} - {place.pk})
    for each in tied:
        lock_until_commit(lock_of_place(each.pk))
    reason = _kept_after_all(place, tied)
    if reason is not None:
        _keep(item, reason)
        return False
    if not all(is_erasable(each.aid) for each in (place, *tied)):
        return False
    erase_rows(place.pk)
    forget(place.aid)
    item.erased_at = now
    item.save(update_fields=["erased_at"])
    audit.record("archive.erased", by=PROGRAM, at=now, about=("enrolment", place.pk))
    if not unerased_places(place.learner_id, [place.pk]):
        erase_faces(place.learner_id)
        if is_learner_only(place.learner_id):
            erase_roster_lines(place.learner_id)
            erase_account(place.learner_id, by=PROGRAM, now=now)
    return True


def _kept_after_all(place: Place, tied: Sequence[Place]) -> Kept | None:
    """Say why an archive that was announced is kept; one that is evidence of another goes with it, or stays with it."""
    if is_held(place.pk):
        return Kept.HELD
    if goes_on(place.aid):
        return Kept.NOT_DUE
    stays = any(each.erased_at is None or is_held(each.pk) or goes_on(each.aid) for each in tied)
    return Kept.TIED if stays else None


def _keep(item: Erasure, reason: Kept) -> None:
    item.kept_because, item.announced_at = reason.value, None
    item.save(update_fields=["kept_because", "announced_at"])
    mark_erased(item.enrolment_id, at=None)


def _locked(item_id: int) -> tuple[Erasure, Place]:
    """Return an archive of a run with everything locked by which something could still be added to it, or hold it."""
    item = Erasure.objects.select_for_update(of=("self",)).select_related("run").get(pk=item_id)
    lock_until_commit(lock_of_place(item.enrolment_id))
    (place,) = places_by_id([item.enrolment_id])
    lock_account(place.learner_id)
    lock_leases([place.learner_id])
    (place,) = places_by_id([item.enrolment_id])
    return item, place


def erase_rows(enrolment_id: int) -> None:
    """Remove every row that was made of a place, beside the ledger; the database refuses it unless the archive is erased."""
    erase_place(enrolment_id)
    erase_attempts(enrolment_id)
    erase_rating(enrolment_id)
    erase_attendance(enrolment_id)
    erase_checks(enrolment_id)
    erase_told(enrolment_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT archive_erase(%s)", [enrolment_id])


def is_learner_only(account_id: int) -> bool:
    """Say whether an account holds no role but the learner's."""
    roles: Sequence[str] = list(memberships(account_id).values_list("role", flat=True))
    return set(roles) <= {Role.LEARNER.value}


@transaction.atomic
def _finish(run_id: int, now: datetime) -> None:
    run = RetentionRun.objects.select_for_update().get(pk=run_id)
    if run.finished_at is None and not _open_items(run):
        run.finished_at = now
        run.save(update_fields=["finished_at"])
        audit.record("retention.finished", by=PROGRAM, at=now, about=("retention_run", run_id))
