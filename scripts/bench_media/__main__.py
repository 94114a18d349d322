"""`make bench-media`: package films and sounds made on the spot, and print what that cost."""

import os
import platform
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import av

from jiangxue.courseware.packaging import report_of_film, write_package
from jiangxue.courseware.packaging.locking import encrypted
from jiangxue.courseware.rules.stretches import film_key
from scripts.bench_media.documents import measure_documents
from scripts.bench_media.measuring import table_row
from scripts.bench_media.sources import Source, write_sound
from scripts.terminal import run_as_program, say

_KEY_NAME = "0" * 32
_KEY = film_key(bytes(32), _KEY_NAME)
_SLIDES = Source("slides", length_s=120, frames_per_s=15, keyframe_s=4, is_moving=False)
_SLIDES_AWKWARD = Source("slides-awkward", length_s=120, frames_per_s=15, keyframe_s=10, is_moving=False)
_MOVING = Source("moving", length_s=30, frames_per_s=25, keyframe_s=4, is_moving=True)
_MOVING_AWKWARD = Source("moving-awkward", length_s=30, frames_per_s=25, keyframe_s=10, is_moving=True)
_SOUND_S = 300
_SEGMENT_BYTES = 250_000
_SEGMENTS = 400


def main() -> int:
    """Print one table after the other."""
    _introduce()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        say("\n| work | film s | processor s | wall s | times real time per core |\n|---|---|---|---|---|")
        for name, ready, awkward in (("slides", _SLIDES, _SLIDES_AWKWARD), ("moving", _MOVING, _MOVING_AWKWARD)):
            _measure_film(name, ready, awkward, folder)
        _measure_sound(folder)
        _measure_encryption()
        measure_documents(folder)
    return 0


def _measure_film(name: str, ready: Source, awkward: Source, folder: Path) -> None:
    fits, does_not_fit = ready.write(folder), awkward.write(folder)
    length = ready.length_s
    table_row(f"{name}: taken over, best rendition only", length, lambda: _package(fits, folder, most_renditions=1))
    table_row(f"{name}: taken over, and 480p encoded", length, lambda: _package(fits, folder))
    table_row(f"{name}: 720p and 480p encoded", length, lambda: _package(does_not_fit, folder))
    table_row(f"{name}: quality report", length, lambda: report_of_film(fits))


def _measure_sound(folder: Path) -> None:
    for codec, name in (("libmp3lame", "lecture.mp3"), ("aac", "lecture.m4a")):
        source = write_sound(folder / name, codec, _SOUND_S)
        table_row(f"sound: {name[-3:]} made louder", _SOUND_S, lambda source=source: _package(source, folder))  # type: ignore[misc]
    table_row("sound: quality report", _SOUND_S, lambda: report_of_film(folder / "lecture.mp3"))


def _measure_encryption() -> None:
    content, key, iv = os.urandom(_SEGMENT_BYTES), bytes(16), bytes(16)
    begun = time.process_time()
    for _ in range(_SEGMENTS):
        encrypted(content, key=key, iv=iv)
    took = time.process_time() - begun
    say(f"\nEncryption: {_SEGMENTS * _SEGMENT_BYTES / 1e6 / took:,.0f} MB/s on one core")


def _package(source: Path, folder: Path, most_renditions: int | None = None) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as target:
        write_package(source, Path(target), key_name=_KEY_NAME, key=_KEY, most_renditions=most_renditions)


def _introduce() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**3
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {memory} GB, {platform.system()} {platform.release()}"
    )
    say(f"Python {platform.python_version()}, PyAV {av.__version__} with FFmpeg {av.ffmpeg_version_info}")
    say(f"load average before: {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    run_as_program(main)
