"""Beginning anew with a file on which the work has failed: it was not the file's fault, so it need not be sent again. Clause T1.1."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.errors import NotFailed, OutOfReach
from jiangxue.courseware.models import Upload
from jiangxue.courseware.queries import may_edit, upload_for
from jiangxue.courseware.rules.uploads import KEPT_FAILED
from jiangxue.courseware.services.asking import ask_for_tidying, ask_for_work
from jiangxue.kernel.viewer import Viewer

_DROPPED_AT_A_TIME = 100


@transaction.atomic
def try_again(*, viewer: Viewer, upload_id: UUID, by: Actor, now: datetime) -> None:
    """Let another round of attempts begin, or raise `NotFailed` or `OutOfReach`; their numbers go on, so that none is taken for an old one."""
    if not may_edit(viewer):
        raise OutOfReach
    upload = Upload.objects.select_for_update().get(pk=upload_for(viewer, upload_id).pk)
    if not upload.can_be_tried_again:
        raise NotFailed
    upload.state, upload.detail, upload.finished_at, upload.told_at = Upload.State.WAITING, "", None, None
    upload.worked_at, upload.done_permille = now, 0
    upload.save(update_fields=["state", "detail", "finished_at", "told_at", "worked_at", "done_permille"])
    audit.record("upload.retried", by=by, at=now, about=("upload", upload.pk))
    ask_for_work(upload.pk)


@transaction.atomic
def drop_failed(now: datetime) -> None:
    """Let what was sent of files go on which the work failed seven days ago and nobody tried again."""
    overdue = Upload.objects.filter(state=Upload.State.FAILED, received__gt=0, finished_at__lt=now - KEPT_FAILED)
    for upload in overdue.select_for_update(skip_locked=True).order_by("finished_at")[:_DROPPED_AT_A_TIME]:
        upload.received = 0
        upload.save(update_fields=["received"])
        ask_for_tidying(upload.pk)
