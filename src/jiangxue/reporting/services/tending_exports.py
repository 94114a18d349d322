"""What becomes of exports by themselves: files over their time go, and later their lines; requests that nobody released lapse, lost work is begun anew. Clause M2."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, REFUSED
from jiangxue.reporting.models import Export
from jiangxue.reporting.rules.exports import LISTED, MOST_ATTEMPTS, RELEASED_WITHIN, Fault
from jiangxue.reporting.services.asking_for_exports import MAKE, ask_worker
from jiangxue.reporting.services.telling_of_exports import tell_of_decision, tell_of_end
from jiangxue.reporting.storage import remove_stored

_AT_A_TIME = 100
_ENDED = (Export.State.EXPIRED, Export.State.FAILED, Export.State.REFUSED)


@transaction.atomic
def remove_expired(now: datetime) -> int:
    """Remove the files that are over their time, and forget their keys; return how many."""
    over = _free(Export.objects.filter(state=Export.State.READY, expires_at__lte=now).order_by("expires_at"))
    for export in over:
        export.state = Export.State.EXPIRED
        export.save(update_fields=["state"])
        export.key.delete()
        remove_stored(export.pk, export.attempt)
    return len(over)


@transaction.atomic
def forget_ended(now: datetime) -> int:
    """Remove what stands in the lists of exports that ended long ago; return how many."""
    over = _free(Export.objects.filter(state__in=_ENDED, asked_at__lte=now - LISTED).order_by("asked_at"))
    Export.objects.filter(pk__in=[export.pk for export in over]).delete()
    return len(over)


@transaction.atomic
def let_lapse(now: datetime) -> int:
    """End requests for unmasked data that nobody has decided about in time; return how many."""
    waiting = Export.objects.filter(state=Export.State.ASKED, asked_at__lte=now - RELEASED_WITHIN)
    over = _free(waiting.order_by("asked_at"))
    for export in over:
        _end(export, Fault.NOT_RELEASED, now)
    return len(over)


@transaction.atomic
def take_over_lost(now: datetime) -> int:
    """Begin anew the exports that no job of the worker's is for, as often as may be, then say that they failed; return how many."""
    known = ProcrastinateJob.objects.filter(task_name=MAKE, status__in=("todo", "doing")).values_list("args", flat=True)
    at_work = {args["export_id"] for args in known}
    unfinished = Export.objects.filter(state__in=(Export.State.WAITING, Export.State.WORKING)).order_by("asked_at")
    lost = [export for export in _free(unfinished) if str(export.pk) not in at_work]
    for export in lost:
        if export.attempt and export.attempt % MOST_ATTEMPTS == 0:
            _end(export, Fault.WORKER_LOST, now)
        else:
            ask_worker(export.pk)
    return len(lost)


def _free(exports: QuerySet[Export]) -> list[Export]:
    return list(exports.select_for_update(skip_locked=True)[:_AT_A_TIME])


def _end(export: Export, fault: Fault, now: datetime) -> None:
    remove_stored(export.pk, export.attempt)
    export.state, export.fault, export.finished_at = Export.State.FAILED, fault, now
    export.save(update_fields=["state", "fault", "finished_at"])
    audit.record("export.refused", by=PROGRAM, at=now, about=("export", export.pk), result=REFUSED)
    tell_of_decision(export, now)
    tell_of_end(export, now)
