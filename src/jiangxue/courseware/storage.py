"""Where courseware lies: one Django storage, a local folder unless the settings name another."""

from pathlib import Path
from string import hexdigits
from uuid import UUID

from django.core.files import File
from django.core.files.storage import Storage, storages


def courseware_storage() -> Storage:
    """Return the storage of packages, pages and originals; names are relative, `folder/file`."""
    return storages["courseware"]


def chunks_of(upload_id: UUID) -> str:
    """Return the folder of the portions of a file that is being sent."""
    return f"uploads/{upload_id}"


def chunk_name(upload_id: UUID, offset: int) -> str:
    """Return the name of the portion that begins at an offset."""
    return f"{chunks_of(upload_id)}/{offset:015}"


def original_of(upload_id: UUID) -> str:
    """Return the name under which the file itself is kept."""
    return f"originals/{upload_id}"


def made_of(upload_id: UUID) -> str:
    """Return the folder of everything that was made of a file: a folder for each attempt."""
    return f"made/{upload_id.hex}"


def maker_of(folder: str) -> UUID | None:
    """Return the upload that a folder was made of, if it was made of one."""
    match folder.split("/"):
        case ["made", digits, _name] if len(digits) == 32 and set(digits) <= set(hexdigits):
            return UUID(digits)
    return None


def put_file(source: Path, name: str) -> None:
    """Copy a local file into the storage."""
    with source.open("rb") as opened:
        courseware_storage().save(name, File(opened, name=source.name))


def put_folder(source: Path, folder: str) -> None:
    """Copy a local folder with all below it into the storage."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():  # a link could lead to a secret
            put_file(path, f"{folder}/{path.relative_to(source).as_posix()}")


def remove_folder(folder: str) -> None:
    """Remove a folder of the storage with all below it; one that is not there is removed already."""
    storage = courseware_storage()
    folders, files = _listed(folder)
    for name in files:
        storage.delete(f"{folder}/{name}")
    for name in folders:
        remove_folder(f"{folder}/{name}")
    if _is_local_folder(folder):
        storage.delete(folder)  # object stores have no folders, a disk has: empty ones


def folders_in(folder: str) -> list[str]:
    """Return the names of the folders in a folder of the storage."""
    return _listed(folder)[0]


def files_in(folder: str) -> list[str]:
    """Return the names of the files in a folder of the storage."""
    return _listed(folder)[1]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = courseware_storage().listdir(folder)
    except FileNotFoundError:
        return [], []
    return [name for name in folders if name], [name for name in files if name]


def _is_local_folder(folder: str) -> bool:
    try:
        return Path(courseware_storage().path(folder)).is_dir()
    except NotImplementedError:
        return False
