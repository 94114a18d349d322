"""The record of a package: what was made, and the hash of every file, so that a package can be told to be complete."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from jiangxue.courseware.packaging.playlist import MASTER_PLAYLIST
from jiangxue.courseware.packaging.shapes import PackagedVideo, Rendition

RECORD = "package.json"
_FORMAT = 1


def sha256_of_file(path: Path) -> str:
    """Return the hash of a file's content."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_record(
    folder: Path, *, source_sha256: str, length_ms: int, renditions: tuple[Rendition, ...]
) -> PackagedVideo:
    """Write the record of a package whose files all stand, and return what it says."""
    sha256 = _sha256_of_manifest(folder, tuple(rendition.name for rendition in renditions))
    video = PackagedVideo(length_ms=length_ms, renditions=renditions, sha256=sha256, source_sha256=source_sha256)
    (folder / RECORD).write_text(json.dumps({"format": _FORMAT, **asdict(video)}, indent=1) + "\n")
    return video


def read_package(folder: Path) -> PackagedVideo | None:
    """Return the package in a folder, or nothing when it is missing, older in format, or not complete to the last byte."""
    try:
        facts = json.loads((folder / RECORD).read_text())
        if facts.pop("format") != _FORMAT:
            return None
        renditions = tuple(Rendition(**rendition) for rendition in facts.pop("renditions"))
        video = PackagedVideo(**facts, renditions=renditions)
        is_complete = video.sha256 == _sha256_of_manifest(folder, tuple(rendition.name for rendition in renditions))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return video if is_complete else None


def _sha256_of_manifest(folder: Path, rendition_names: tuple[str, ...]) -> str:
    """Hash one line per file, sorted by path: hash, two spaces, relative path, as `sha256sum` prints them."""
    files = [folder / MASTER_PLAYLIST]
    for name in rendition_names:
        files += [path for path in (folder / name).iterdir() if path.is_file()]
    lines = sorted((path.relative_to(folder).as_posix(), sha256_of_file(path)) for path in files)
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in lines).encode()).hexdigest()
