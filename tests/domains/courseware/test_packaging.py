"""A film becomes HLS, whole or not at all. The films are small; the packaging is the real one."""

import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import pytest

from jiangxue.courseware.packaging import PackagedFilm, PackagingLimits, PackagingRefused, package_film, read_package
from jiangxue.courseware.packaging.boxes import lacks_its_end
from jiangxue.courseware.packaging.errors import (
    NotMedia,
    NoTrack,
    OverBudget,
    TargetTaken,
    TooLarge,
    TooLong,
    Truncated,
)
from jiangxue.courseware.packaging.playlist import segments_of
from jiangxue.courseware.rules.files import FileFault, LessonKind
from tests.domains.courseware.films import Film
from tests.domains.courseware.unlocking import KEY, KEY_NAME, locked_segments, opened_rendition
from tests.processes import wait_until_gone

LENGTH_MS = 9400
_PATIENCE_S = 60
_USUAL = PackagingLimits()


@dataclass(frozen=True)
class Packaged:
    source: Path
    folder: Path
    clear: Path
    video: PackagedFilm


def package(source: Path, target: Path, limits: PackagingLimits = _USUAL) -> PackagedFilm:
    return package_film(source, target, key_name=KEY_NAME, key=KEY, limits=limits)


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    place = tmp_path_factory.mktemp("packaged")
    source = Film().write(place / "film.mp4")
    video = package(source, place / "lesson")
    for rendition in video.renditions:
        opened_rendition(place / "lesson" / rendition.name, place / "clear" / rendition.name)
    return Packaged(source, place / "lesson", place / "clear", video)


def _pictures(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [b"".join(map(bytes, picture.planes)) for picture in container.decode(video=0)]


def test_a_film_becomes_two_renditions(packaged: Packaged) -> None:
    sizes = [(made.name, made.width, made.height) for made in packaged.video.renditions]
    assert sizes == [("720p", 1280, 720), ("480p", 854, 480)]


def test_the_length_is_that_of_the_pictures(packaged: Packaged) -> None:
    assert packaged.video.length_ms == LENGTH_MS


def test_the_master_playlist_names_both_renditions_with_codecs_size_and_rate(packaged: Packaged) -> None:
    lines = (packaged.folder / "master.m3u8").read_text().splitlines()
    streams = [line for line in lines if line.startswith("#EXT-X-STREAM-INF")]
    assert [line for line in lines if not line.startswith("#")] == ["720p/index.m3u8", "480p/index.m3u8"]
    assert all("BANDWIDTH=" in line and "RESOLUTION=" in line for line in streams)
    assert all('CODECS="avc1.' in line and ',mp4a.40.2"' in line for line in streams)


def test_both_renditions_are_cut_at_the_same_times(packaged: Packaged) -> None:
    cuts = [
        [segment.length for segment in segments_of((packaged.folder / name / "index.m3u8").read_text())]
        for name in ("720p", "480p")
    ]
    assert cuts[0] == cuts[1] == [4, 4, Fraction("1.4")]


def test_both_renditions_last_equally_long(packaged: Packaged) -> None:
    assert all(abs(made.length_ms - LENGTH_MS) <= 100 for made in packaged.video.renditions)


@pytest.mark.parametrize("rendition", ["720p", "480p"])
def test_each_segment_begins_with_a_keyframe_and_can_be_decoded_alone(packaged: Packaged, rendition: str) -> None:
    for segment in sorted((packaged.clear / rendition).glob("*.ts")):
        with av.open(str(segment)) as container:
            pictures = list(container.decode(video=0))
        assert pictures[0].key_frame
        assert len(pictures) in (60, 21)


def test_pictures_that_fit_are_taken_over_unchanged(packaged: Packaged) -> None:
    assert _pictures(packaged.clear / "720p" / "index.m3u8") == _pictures(packaged.source)


def test_pictures_without_keyframes_at_the_cuts_are_encoded_again(tmp_path: Path) -> None:
    source = Film(frames=66, keyframe_every=75).write(tmp_path / "film.mp4")
    video = package(source, tmp_path / "lesson")
    assert [made.segments for made in video.renditions] == [2, 2]
    clear = opened_rendition(tmp_path / "lesson" / "720p", tmp_path / "clear")
    assert _pictures(clear) != _pictures(source)


def test_sound_may_be_missing(tmp_path: Path) -> None:
    source = Film(frames=30, height=360, width=640, has_sound=False).write(tmp_path / "film.mp4")
    video = package(source, tmp_path / "lesson")
    assert [(made.name, "mp4a" in made.codecs) for made in video.renditions] == [("360p", False)]


def test_a_film_of_a_phone_held_upright_stays_upright(tmp_path: Path) -> None:
    source = Film(frames=20, rotation=90).write(tmp_path / "film.mp4")
    video = package(source, tmp_path / "lesson")
    assert [(made.width, made.height) for made in video.renditions] == [(720, 1280), (480, 854)]
    clear = opened_rendition(tmp_path / "lesson" / "480p", tmp_path / "clear")
    with av.open(str(clear)) as container:
        picture = next(container.decode(video=0)).to_image().convert("L")
    # The film is dark at its upper left and bright at its upper right; a quarter turn to the left brings them down and up.
    assert picture.getpixel((10, 843)) + 100 < picture.getpixel((10, 10))


def test_packaging_again_returns_what_stands(packaged: Packaged) -> None:
    before = (packaged.folder / "package.json").stat().st_mtime_ns
    assert package(packaged.source, packaged.folder) == packaged.video
    assert (packaged.folder / "package.json").stat().st_mtime_ns == before


def test_a_package_with_a_changed_byte_is_not_complete_and_is_made_anew(tmp_path: Path) -> None:
    source = Film(frames=20, width=640, height=360).write(tmp_path / "film.mp4")
    video = package(source, tmp_path / "lesson")
    segment = locked_segments(tmp_path / "lesson" / "360p")[0].path
    segment.write_bytes(segment.read_bytes()[:-1] + b"\0")
    assert read_package(tmp_path / "lesson") is None
    again = package(source, tmp_path / "lesson")
    assert again.renditions == video.renditions
    assert read_package(tmp_path / "lesson") == again


def test_another_film_does_not_take_a_taken_place(packaged: Packaged, tmp_path: Path) -> None:
    other = Film(frames=20, width=640, height=360).write(tmp_path / "other.mp4")
    with pytest.raises(TargetTaken):
        package(other, packaged.folder)
    assert read_package(packaged.folder) == packaged.video


def test_a_folder_of_somebody_else_is_left_alone(packaged: Packaged, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("keep me")
    with pytest.raises(TargetTaken):
        package(packaged.source, tmp_path / "letters")
    assert (tmp_path / "letters" / "dear.txt").read_text() == "keep me"


_FAKES = {
    "text": b"This is a letter and no film.\n" * 200,
    "playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "list of files": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "nothing": b"",
}


@pytest.mark.parametrize("content", _FAKES.values(), ids=_FAKES.keys())
def test_what_only_bears_the_name_of_a_film_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    with pytest.raises(NotMedia):
        package(tmp_path / "film.mp4", tmp_path / "made" / "lesson")
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_film_that_was_not_copied_to_its_end_is_said_to_lack_it(tmp_path: Path, share: float) -> None:
    whole = Film().write(tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "film.mp4").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Truncated) as refused:
        package(tmp_path / "film.mp4", tmp_path / "lesson")
    assert refused.value.fault is FileFault.TRUNCATED


@pytest.mark.parametrize(
    ("content", "lacks"),
    [
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\x10mdat12345678", False),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\x11mdat12345678", True),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\1mdat\0\0\0\0\0\0\0\x18" + b"12345678", False),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\1mdat\0\0\0\1\0\0\0\x18" + b"12345678", True),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\0mdat12345678", False),
        (b"MZ and no box at all", False),
        (b"", False),
    ],
    ids=["whole", "cut", "long and whole", "long and cut", "to the end", "no film", "nothing"],
)
def test_only_a_box_that_is_longer_than_its_file_lacks_its_end(tmp_path: Path, content: bytes, *, lacks: bool) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    assert lacks_its_end(tmp_path / "film.mp4") is lacks


def test_sound_alone_in_a_container_of_films_becomes_a_lesson_to_listen_to(tmp_path: Path) -> None:
    film = package(Film(has_pictures=False).write(tmp_path / "film.mp4"), tmp_path / "lesson")
    assert film.kind is LessonKind.AUDIO


def test_a_file_with_neither_pictures_nor_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(_film_without_tracks())
    with pytest.raises(NoTrack) as refused:
        package(tmp_path / "film.mp4", tmp_path / "lesson")
    assert refused.value.fault is FileFault.NO_TRACK


def _film_without_tracks() -> bytes:
    """Return an MP4 file that says how long it is and holds nothing."""
    header = _box(b"mvhd", struct.pack(">5I", 0, 0, 0, 1000, LENGTH_MS) + bytes(80))
    return _box(b"ftyp", b"isom\0\0\0\0isom") + _box(b"moov", header) + _box(b"mdat", bytes(100))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


_TIGHT = (
    (TooLong, PackagingLimits(longest_ms=9000)),
    (TooLarge, PackagingLimits(most_pixels=1000)),
    (OverBudget, PackagingLimits(address_space_bytes=64 * 1024**2)),
)


@pytest.mark.parametrize(("refusal", "limits"), _TIGHT)
def test_a_film_beyond_a_limit_is_refused(
    packaged: Packaged, tmp_path: Path, refusal: type[PackagingRefused], limits: PackagingLimits
) -> None:
    with pytest.raises(refusal):
        package(packaged.source, tmp_path / "lesson", limits)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def slow_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a film that takes a few seconds to package."""
    return Film(frames=300, frames_per_s=60, keyframe_every=300).write(tmp_path_factory.mktemp("slow") / "film.mp4")


def test_a_film_that_costs_too_much_processor_time_is_refused(slow_film: Path, tmp_path: Path) -> None:
    with pytest.raises(OverBudget):
        package(slow_film, tmp_path / "lesson", PackagingLimits(processor_s=1))


_CALL = """
import sys
from pathlib import Path
from jiangxue.courseware.packaging import package_film
from tests.domains.courseware.unlocking import KEY, KEY_NAME
package_film(Path(sys.argv[1]), Path(sys.argv[2]), key_name=KEY_NAME, key=KEY)
"""


def test_a_killed_run_leaves_no_half_package_and_no_process_and_the_next_one_succeeds(
    slow_film: Path, tmp_path: Path
) -> None:
    target = tmp_path / "made" / "lesson"
    with subprocess.Popen([sys.executable, "-c", _CALL, str(slow_film), str(target)]) as run:
        caged = _wait_for_caged_child_of(run.pid, target)
        run.send_signal(signal.SIGKILL)
    assert not target.exists()
    wait_until_gone(caged)
    video = package(Film(frames=20, width=640, height=360).write(tmp_path / "other.mp4"), target)
    assert read_package(target) == video
    assert [left.name for left in target.parent.iterdir()] == ["lesson"]


def _wait_for_caged_child_of(pid: int, target: Path) -> int:
    """Return the process that decodes, once it has begun to write."""
    for _ in range(_PATIENCE_S * 50):
        time.sleep(0.02)
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children and list(target.parent.glob(".lesson.making/.clear/*/*.ts*")):
            return int(children[0])
    pytest.fail("packaging did not begin")
