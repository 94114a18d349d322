"""The files of courseware that lie in a local folder, as one archive of the kind that every `tar` reads."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from jiangxue.courseware.storage import courseware_storage
from jiangxue.operations.backups.folder import own_file
from jiangxue.operations.errors import CannotRestore


def local_folder() -> Path | None:
    """Return the folder in which courseware lies; None if an object store holds it."""
    try:
        return Path(courseware_storage().path(""))
    except NotImplementedError:
        return None


def pack(source: Path, target: Path) -> int:
    """Write all files below a folder into an archive and return how many there were; nothing is held in memory.

    It is done after the dump: files are there before the rows that name them. What a tidying removes meanwhile is left out.
    """
    count = 0
    with tarfile.open(own_file(target), "w", format=tarfile.PAX_FORMAT) as archive:
        for path in _files(source):
            try:
                archive.add(path, path.relative_to(source).as_posix(), recursive=False)
            except FileNotFoundError:
                continue
            archive.members = []  # type: ignore[attr-defined]  # else a hundred thousand segments stay in memory
            count += 1
    return count


def _files(source: Path) -> Iterator[Path]:
    """Yield all files below a folder, folder by folder; no links, which could lead to a secret."""
    for folder, folders, names in source.walk():
        folders.sort()
        yield from (path for name in sorted(names) if not (path := folder / name).is_symlink() and path.is_file())


def require_room(folder: Path | None) -> Path:
    """Return the folder into which courseware is brought back. Raises `CannotRestore` if it is none, or holds anything."""
    if folder is None:
        raise CannotRestore(
            _(
                "The backup holds files of courseware, and an object store is named here. Unset it, or leave the files out."
            )
        )
    if folder.exists() and any(folder.iterdir()):
        raise CannotRestore(_("The folder of courseware %(folder)s is not empty.") % {"folder": folder})
    return folder


def unpack(source: Path, folder: Path) -> int:
    """Bring all files of an archive back below a folder and return how many there were."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with tarfile.open(source, "r|") as archive:
        for member in archive:
            archive.extract(member, folder, filter="data")
            archive.members = []  # type: ignore[attr-defined]
            count += 1
    return count
