"""Packaging a film: the verbs of this package."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiangxue.courseware.packaging.cage import made_in_cage, measured_in_cage
from jiangxue.courseware.packaging.errors import NotMedia, TargetTaken
from jiangxue.courseware.packaging.locking import content_of, folder_itself, lock_renditions
from jiangxue.courseware.packaging.progress import tell
from jiangxue.courseware.packaging.record import RECORD, read_package, sha256_of_file, write_record
from jiangxue.courseware.packaging.shapes import PackagedFilm, PackagingLimits, key_check
from jiangxue.courseware.packaging.whole_folder import made_whole
from jiangxue.courseware.rules.quality import QualityReport

_USUAL = PackagingLimits()
_CLEAR = ".clear"
_ALL = 1000
POSTER = "poster.webp"
_MOST_POSTER_BYTES = 2 * 1024 * 1024


def package_film(
    source: Path, target: Path, *, key_name: str, key: bytes, limits: PackagingLimits = _USUAL
) -> PackagedFilm:
    """Package a film into the folder `target`, which is there whole or not at all; a complete package is returned as it is.

    Raises a `PackagingRefused`: `TargetTaken` when the target holds something else or is under another key, or why the
    source cannot be packaged.
    """
    wanted = (sha256_of_source(source), key_name, key_check(key))
    with made_whole(target) as making:
        found = read_package(target)
        if found is not None and (found.source_sha256, found.key_name, found.key_check) == wanted:
            return found
        if found is not None or (target.exists() and not (target / RECORD).exists()):
            raise TargetTaken(str(target))
        film = write_package(source, making.folder, key_name=key_name, key=key, limits=limits)
        making.finish()
    return film


def write_package(  # noqa: PLR0913  (kept as it is called)
    source: Path,
    folder: Path,
    *,
    key_name: str,
    key: bytes,
    limits: PackagingLimits = _USUAL,
    most_renditions: int | None = None,
    progress: Path | None = None,
) -> PackagedFilm:
    """Package a film or a sound into a folder that the caller keeps whole; `key` is the film's, as `film_key` derives it.

    `most_renditions` leaves lower renditions out where the best one can be taken over at once; `progress` is a file that
    says in thousandths how far it is. Raises a `PackagingRefused`.
    """
    source_sha256 = sha256_of_source(source)
    with _clear_segments(folder) as clear:
        made = made_in_cage(source, clear, limits, most_renditions=most_renditions, progress=progress)
        lock_renditions(clear, folder, made.renditions, key)
        _keep_poster(clear, folder)
    film = write_record(folder, made, key_name=key_name, key_check=key_check(key), source_sha256=source_sha256)
    if progress is not None:
        tell(progress, _ALL)
    return film


def report_of_film(source: Path, limits: PackagingLimits = _USUAL) -> QualityReport:
    """Measure the quality of a film or sound as it was uploaded. Raises a `PackagingRefused` where it cannot be opened."""
    return measured_in_cage(source, limits)


@contextmanager
def _clear_segments(folder: Path) -> Iterator[Path]:
    """Yield a folder for what is not encrypted yet; it is gone with the block, however that ends."""
    clear = folder / _CLEAR
    clear.mkdir()
    try:
        yield clear
    finally:
        shutil.rmtree(clear)


def _keep_poster(clear: Path, folder: Path) -> None:
    """Take the poster over, if there is one: the caged process wrote it, so it must be a file, small, and say that it is WebP."""
    if not os.path.lexists(clear / POSTER):
        return
    with folder_itself(clear) as opened:
        content = content_of(opened, POSTER)
    if len(content) <= _MOST_POSTER_BYTES and content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        (folder / POSTER).write_bytes(content)


def sha256_of_source(source: Path) -> str:
    """Return the hash of a source, which must be a file."""
    if not source.is_file():
        raise NotMedia(source.name)
    return sha256_of_file(source)
