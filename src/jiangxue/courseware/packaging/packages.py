"""Packaging a video: the verbs of this package."""

from pathlib import Path

from jiangxue.courseware.packaging.cage import renditions_made_in_cage
from jiangxue.courseware.packaging.errors import NotMedia, TargetTaken
from jiangxue.courseware.packaging.record import RECORD, read_package, sha256_of_file, write_record
from jiangxue.courseware.packaging.shapes import PackagedVideo, PackagingLimits
from jiangxue.courseware.packaging.whole_folder import made_whole

_USUAL = PackagingLimits()


def package_video(source: Path, target: Path, limits: PackagingLimits = _USUAL) -> PackagedVideo:
    """Package a video into the folder `target`, which is there whole or not at all; a complete package is returned as it is.

    Raises a `PackagingRefused`: `TargetTaken` when the target holds something else, or why the source cannot be packaged.
    """
    source_sha256 = _sha256_of_source(source)
    with made_whole(target) as making:
        found = read_package(target)
        if found is not None and found.source_sha256 == source_sha256:
            return found
        if found is not None or (target.exists() and not (target / RECORD).exists()):
            raise TargetTaken(str(target))
        video = write_package(source, making.folder, limits)
        making.finish()
    return video


def write_package(source: Path, folder: Path, limits: PackagingLimits = _USUAL) -> PackagedVideo:
    """Package a video into an empty folder that the caller keeps whole."""
    source_sha256 = _sha256_of_source(source)
    length_ms, renditions = renditions_made_in_cage(source, folder, limits)
    return write_record(folder, source_sha256=source_sha256, length_ms=length_ms, renditions=renditions)


def _sha256_of_source(source: Path) -> str:
    if not source.is_file():
        raise NotMedia(source.name)
    return sha256_of_file(source)
