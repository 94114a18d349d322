"""A film that was ready early is made in all sizes, and the new folder takes the place of the old one. Clause T1.1."""

import logging
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jiangxue.courseware import converting
from jiangxue.courseware.converting import Converted, Place, Unfit
from jiangxue.courseware.models import Media, Upload
from jiangxue.courseware.services.asking import ask_for_removal
from jiangxue.courseware.services.captioning import carry_captions
from jiangxue.courseware.services.processing import empty_folder
from jiangxue.courseware.storage import courseware_storage, made_of, original_of, put_folder, remove_folder
from jiangxue.kernel.ids import new_nonce

log = logging.getLogger("jiangxue.courseware")
_BLOCK = 1024 * 1024


def complete(upload_id: UUID) -> None:
    """Make a film in all sizes under the key it has, and let one update of its row show them; else it stays as it is."""
    upload = Upload.objects.select_related("media").filter(pk=upload_id, state=Upload.State.READY).first()
    if upload is None or upload.media is None:
        return
    media, folder = upload.media, f"{made_of(upload_id)}/{new_nonce()}"
    with empty_folder(Path(settings.WORK_FOLDER) / folder.replace("/", "-")) as work:
        try:
            made = _made(upload_id, media.key_name, work)
        except Unfit as refusal:  # it plays in one size, and would be refused again
            log.warning("film_not_completed", extra={"upload": str(upload_id), "fault": refusal.fault})
            return
        put_folder(work / "made", folder)
    if not _exchange(upload_id, media, folder, made):
        remove_folder(folder)


def _made(upload_id: UUID, key_name: str, work: Path) -> Converted:
    source, folder = work / "source", work / "made"
    folder.mkdir()
    (work / "told").mkdir()  # all that the caged process may write to beside its own folder
    with courseware_storage().open(original_of(upload_id)) as original, source.open("wb") as copy:
        while block := original.read(_BLOCK):
            copy.write(block)
    return converting.film_in_all_sizes(source, Place(folder, work / "told" / "progress", key_name))


@transaction.atomic
def _exchange(upload_id: UUID, media: Media, folder: str, made: Converted) -> bool:
    """Point to the new folder if the old one is still the one that was seen; captions that came meanwhile go along."""
    locked = Media.objects.select_for_update().filter(pk=media.pk, folder=media.folder).first()
    if locked is None:
        return False
    carry_captions(locked, folder)
    locked.folder, locked.sha256 = folder, made.sha256
    locked.save(update_fields=["folder", "sha256"])
    ask_for_removal(upload_id, folder)
    return True
