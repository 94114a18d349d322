"""Taking files from editors, portion by portion, so that a lost line costs a portion and not the file. Clause T1.1."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.courseware.errors import FileTooLarge, NotUnfinished, OutOfReach, TooManyUnfinished, WrongOffset
from jiangxue.courseware.models import Upload
from jiangxue.courseware.queries import may_edit, upload_for
from jiangxue.courseware.rules.files import FileFault
from jiangxue.courseware.rules.uploads import KEPT_UNFINISHED, MOST_UNFINISHED, cleaned_name
from jiangxue.courseware.services.asking import ask_for_tidying, ask_for_work
from jiangxue.courseware.services.editing import contributed
from jiangxue.courseware.storage import chunk_name, courseware_storage
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer

_DROPPED_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class FileAnnounced:
    """What a browser says of a file before it sends it."""

    name: str
    size: int


@transaction.atomic
def create_upload(*, viewer: Viewer, course_id: int, file: FileAnnounced, by: Actor, now: datetime) -> Upload:
    """Make room for a file, or raise `OutOfReach`, `FileTooLarge` or `TooManyUnfinished`; an empty one is refused at once."""
    course = contributed(viewer, course_id, now)  # its lock keeps two at once from passing the limit together
    if file.size > settings.LARGEST_UPLOAD_BYTES:
        raise FileTooLarge(settings.LARGEST_UPLOAD_BYTES)
    if Upload.objects.filter(course=course, state=Upload.State.RECEIVING).count() >= MOST_UNFINISHED:
        raise TooManyUnfinished(MOST_UNFINISHED)
    upload = Upload(
        id=new_id(),
        course=course,
        author_id=viewer.account_id,
        name=cleaned_name(file.name),
        size=file.size,
        created_at=now,
    )
    if file.size == 0:
        upload.state, upload.fault, upload.finished_at = Upload.State.REFUSED, FileFault.EMPTY, now
    upload.save(force_insert=True)
    act = "upload.created" if file.size else "upload.refused"
    audit.record(act, by=by, at=now, about=("upload", upload.pk))
    return upload


@transaction.atomic
def take_chunk(*, viewer: Viewer, upload_id: UUID, offset: int, body: bytes, now: datetime) -> Upload:
    """Keep the next portion of a file, then count it; the last one lets the work begin.

    Raises `OutOfReach`, `FileTooLarge` for more than was announced, or `WrongOffset` for what is there already or comes too early.
    """
    upload = _locked(viewer, upload_id)
    if upload.author_id != viewer.account_id:  # whoever sends a file has a part in the course
        raise OutOfReach
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if offset + len(body) > upload.size:
        raise FileTooLarge(upload.size)
    if not body:
        return upload
    courseware_storage().save(chunk_name(upload.pk, offset), ContentFile(body))
    upload.received += len(body)
    if upload.received == upload.size:
        upload.state, upload.worked_at = Upload.State.WAITING, now
        ask_for_work(upload.pk)
    upload.save(update_fields=["received", "state", "worked_at"])
    return upload


@transaction.atomic
def give_up(*, viewer: Viewer, upload_id: UUID, by: Actor, now: datetime) -> None:
    """Forget a file that has not come whole or was refused, or raise `NotUnfinished` or `OutOfReach`."""
    upload = _locked(viewer, upload_id)
    if not upload.can_be_dropped:
        raise NotUnfinished
    _drop(upload, by, now)


def drop_unfinished(now: datetime) -> int:
    """Forget files that have not come whole within seven days, and return how many."""
    with transaction.atomic():
        overdue = Upload.objects.filter(state=Upload.State.RECEIVING, created_at__lt=now - KEPT_UNFINISHED)
        dropped = list(overdue.select_for_update(skip_locked=True).order_by("created_at")[:_DROPPED_AT_A_TIME])
        for upload in dropped:
            _drop(upload, PROGRAM, now)
    return len(dropped)


def _drop(upload: Upload, by: Actor, now: datetime) -> None:
    audit.record("upload.dropped", by=by, at=now, about=("upload", upload.pk))
    ask_for_tidying(upload.pk)
    upload.delete()


def _locked(viewer: Viewer, upload_id: UUID) -> Upload:
    if not may_edit(viewer):
        raise OutOfReach
    upload = Upload.objects.select_for_update().filter(pk=upload_for(viewer, upload_id).pk).first()
    if upload is None:  # given up while this waited for it
        raise OutOfReach
    return upload
