"""Removing what an upload leaves behind: portions, and folders that no courseware names any more."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.courseware.models import Upload
from jiangxue.courseware.storage import chunks_of, courseware_storage, made_of, original_of, remove_folder

_ENDED = (Upload.State.READY, Upload.State.REFUSED, Upload.State.FAILED)


def tidy(upload_id: UUID) -> None:
    """Remove the portions of an upload that has ended or was given up, and of one that came to nothing everything else too."""
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload is not None and upload.state not in _ENDED:
        return
    remove_folder(chunks_of(upload_id))
    if upload is None or upload.state != Upload.State.READY:
        remove_folder(made_of(upload_id))
        courseware_storage().delete(original_of(upload_id))


def remove_outdated(upload_id: UUID, names: Sequence[str]) -> None:
    """Remove these folders that were made of an upload, but never the one that its courseware names; all of one that came to nothing."""
    upload = Upload.objects.select_related("media").filter(pk=upload_id, state__in=_ENDED).first()
    if upload is None:
        return
    if upload.media is None:
        remove_folder(made_of(upload_id))
        return
    for name in names:
        folder = f"{made_of(upload_id)}/{name}"
        if folder != upload.media.folder:
            remove_folder(folder)
