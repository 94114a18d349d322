"""Where courseware lies: one Django storage, a local folder unless the settings name another."""

from django.core.files.storage import Storage, storages


def courseware_storage() -> Storage:
    """Return the storage of packages, pages and originals; names are relative, `folder/file`."""
    return storages["courseware"]
