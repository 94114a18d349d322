"""Uploads whose worker has ended in the middle: another attempt, and after three of them an end that says so."""

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Upload
from jiangxue.courseware.rules.uploads import MOST_ATTEMPTS, SILENT_AFTER
from jiangxue.courseware.services.asking import ask_for_work
from jiangxue.courseware.services.telling import tell_author
from jiangxue.kernel.clock import Clock

_AT_A_TIME = 100
_IN_WORK = (Upload.State.WAITING, Upload.State.WORKING)


@transaction.atomic
def take_over_silent(*, clock: Clock) -> int:
    """Put uploads whose worker is silent back into the queue, and return how many had one.

    One that waits is asked for once more: whoever took it out of the queue may have ended before it began.
    """
    now = clock.now()
    silent = Upload.objects.filter(state__in=_IN_WORK, worked_at__lt=now - SILENT_AFTER)
    taken = 0
    for upload in silent.select_for_update(skip_locked=True).order_by("worked_at")[:_AT_A_TIME]:
        taken += upload.state == Upload.State.WORKING
        if upload.state == Upload.State.WORKING and upload.attempt % MOST_ATTEMPTS == 0:
            _fail(upload, clock)
        else:
            upload.state, upload.worked_at = Upload.State.WAITING, now
            upload.save(update_fields=["state", "worked_at"])
            ask_for_work(upload.pk)
    return taken


def _fail(upload: Upload, clock: Clock) -> None:
    upload.state, upload.finished_at = Upload.State.FAILED, clock.now()
    upload.save(update_fields=["state", "finished_at"])
    audit.record("upload.failed", by=PROGRAM, at=upload.finished_at, about=("upload", upload.pk))
    tell_author(upload)
