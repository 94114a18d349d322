"""Captions (字幕) of a film or sound, added or replaced by an editor. Clause T1.4; accessibility.

Each file of captions has a name of its own: what a class is shown stays what was reviewed.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.converting import CAPTIONS
from jiangxue.courseware.errors import NotReady
from jiangxue.courseware.models import Media
from jiangxue.courseware.queries import upload_for
from jiangxue.courseware.rules.captions import read_captions, written_captions
from jiangxue.courseware.services.editing import editable
from jiangxue.courseware.storage import courseware_storage, files_in
from jiangxue.kernel.viewer import Viewer


@transaction.atomic
def put_captions(*, viewer: Viewer, upload_id: UUID, content: bytes, by: Actor, now: datetime) -> Media:
    """Let a film have captions, written anew; raises `OutOfReach`, `UnderReview`, `NotReady` for what is no film, or `UnfitCaptions`."""
    upload = upload_for(viewer, upload_id)
    editable(viewer, upload.course_id, now)
    if upload.media is None or upload.media.extent.is_document:
        raise NotReady
    media = Media.objects.select_for_update().get(pk=upload.media.pk)  # its folder may be exchanged for a larger one
    written = written_captions(read_captions(content, media.length_ms)).encode()
    _name(media, written)
    if not courseware_storage().exists(f"{media.folder}/{media.captions}"):
        courseware_storage().save(f"{media.folder}/{media.captions}", ContentFile(written))
    media.save(update_fields=["captions", "captions_sha256"])
    audit.record("upload.captioned", by=by, at=now, about=("upload", upload.pk))
    return media


def name_captions(media: Media) -> None:
    """Let captions that came before their hash was kept have it."""
    if not media.captions or media.captions_sha256:
        return
    with courseware_storage().open(f"{media.folder}/{media.captions}") as captions:
        media.captions_sha256 = hashlib.sha256(captions.read()).hexdigest()
    media.save(update_fields=["captions_sha256"])


def carry_captions(media: Media, folder: str) -> None:
    """Copy all captions of a film, whose row is locked, into the folder that takes the place of its own."""
    stem, ending = CAPTIONS.split(".")
    for name in files_in(media.folder):
        if name.startswith(stem) and name.endswith(ending) and not courseware_storage().exists(f"{folder}/{name}"):
            with courseware_storage().open(f"{media.folder}/{name}") as captions:
                courseware_storage().save(f"{folder}/{name}", ContentFile(captions.read()))


def _name(media: Media, written: bytes) -> None:
    stem, ending = CAPTIONS.split(".")
    media.captions_sha256 = hashlib.sha256(written).hexdigest()
    media.captions = f"{stem}-{media.captions_sha256[:24]}.{ending}"
