"""Where the files of exports lie, each locked under a key of its own: one Django storage, apart from courseware."""

from uuid import UUID

from django.core.files.storage import Storage, storages


def export_storage() -> Storage:
    """Return the storage of exported files."""
    return storages["exports"]


def stored_name(export_id: UUID, attempt: int) -> str:
    """Return the name under which one attempt stores its file."""
    return f"{export_id.hex}-{attempt}"


def remove_stored(export_id: UUID, attempts: int) -> None:
    """Remove what the first so many attempts at a file have stored; what is not there is removed already."""
    storage = export_storage()
    for attempt in range(1, attempts + 1):
        storage.delete(stored_name(export_id, attempt))
