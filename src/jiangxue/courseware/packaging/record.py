"""The record of a package: what was made, and the hash of every file, so that a package can be told to be complete."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from jiangxue.courseware.packaging.playlist import MASTER_PLAYLIST
from jiangxue.courseware.packaging.shapes import ClearFilm, PackagedFilm, Rendition
from jiangxue.courseware.rules.files import LessonKind

RECORD = "package.json"
_FORMAT = 2


def sha256_of_file(path: Path) -> str:
    """Return the hash of a file's content."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_record(folder: Path, made: ClearFilm, *, key_name: str, key_check: str, source_sha256: str) -> PackagedFilm:
    """Write the record of a package whose files all stand, and return what it says."""
    film = PackagedFilm(
        kind=made.kind,
        length_ms=made.length_ms,
        renditions=made.renditions,
        key_name=key_name,
        key_check=key_check,
        sha256=_sha256_of_manifest(folder, made.renditions),
        source_sha256=source_sha256,
        more=made.more,
    )
    (folder / RECORD).write_text(json.dumps({"format": _FORMAT, **asdict(film)}, indent=1) + "\n")
    return film


def read_package(folder: Path, master_key: bytes | None = None) -> PackagedFilm | None:
    """Return the package in a folder, or nothing when it is missing, older in format, or not complete to the last byte.

    With a master key, nothing also when the package was made under another one, so that no key of ours opens it.
    """
    try:
        facts = json.loads((folder / RECORD).read_text())
        if facts.pop("format") != _FORMAT:
            return None
        renditions = tuple(Rendition(**rendition) for rendition in facts.pop("renditions"))
        film = PackagedFilm(kind=LessonKind(facts.pop("kind")), renditions=renditions, **facts)
        is_whole = film.sha256 == _sha256_of_manifest(folder, renditions)
        is_ours = master_key is None or film.is_under(master_key)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return film if is_whole and is_ours else None


def _sha256_of_manifest(folder: Path, renditions: Iterable[Rendition]) -> str:
    """Hash one line per file, sorted by path: hash, two spaces, relative path, as `sha256sum` prints them."""
    files = [folder / MASTER_PLAYLIST]
    for rendition in renditions:
        files += [path for path in (folder / rendition.name).iterdir() if path.is_file()]
    lines = sorted((path.relative_to(folder).as_posix(), sha256_of_file(path)) for path in files)
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in lines).encode()).hexdigest()
