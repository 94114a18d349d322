"""Captions (字幕) of a film or sound, added or replaced by an editor. Clause T1.4; accessibility."""

from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.converting import CAPTIONS
from jiangxue.courseware.errors import NotReady, OutOfReach
from jiangxue.courseware.models import Media
from jiangxue.courseware.queries import may_edit, upload_for
from jiangxue.courseware.rules.captions import read_captions, written_captions
from jiangxue.courseware.storage import courseware_storage
from jiangxue.kernel.viewer import Viewer


@transaction.atomic
def put_captions(*, viewer: Viewer, upload_id: UUID, content: bytes, by: Actor, now: datetime) -> Media:
    """Let a film have captions, written anew; raises `OutOfReach`, `NotReady` for what is no film, or `UnfitCaptions`."""
    if not may_edit(viewer):
        raise OutOfReach
    upload = upload_for(viewer, upload_id)
    if upload.media is None or upload.media.extent.is_document:
        raise NotReady
    media = Media.objects.select_for_update().get(pk=upload.media.pk)  # its folder may be exchanged for a larger one
    written = written_captions(read_captions(content, media.length_ms))
    courseware_storage().save(f"{media.folder}/{CAPTIONS}", ContentFile(written.encode()))
    media.has_captions = True
    media.save(update_fields=["has_captions"])
    audit.record("upload.captioned", by=by, at=now, about=("upload", upload.pk))
    return media


def carry_captions(media: Media, folder: str) -> None:
    """Copy the captions of a film, whose row is locked, into the folder that takes the place of its own."""
    if not media.has_captions:
        return
    with courseware_storage().open(f"{media.folder}/{CAPTIONS}") as captions:
        courseware_storage().save(f"{folder}/{CAPTIONS}", ContentFile(captions.read()))
