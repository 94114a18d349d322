"""A film is locked: every stretch of a minute opens with its own key, and with no other."""

import json
import os
import shutil
from itertools import pairwise
from pathlib import Path

import av
import pytest

from jiangxue.courseware.packaging import PackagedFilm, read_package, write_package
from jiangxue.courseware.packaging.errors import Crashed
from jiangxue.courseware.packaging.locking import encrypted, lock_renditions, stretches_of
from jiangxue.courseware.packaging.playlist import Segment, segments_of
from jiangxue.courseware.rules.stretches import film_key, stretch_key
from tests.domains.courseware.films import Film
from tests.domains.courseware.unlocking import KEY, KEY_NAME, MASTER_KEY, locked_segments

pytestmark = pytest.mark.clause("T2.3")

LONG = Film(frames=1950, width=64, height=64, keyframe_every=60)
"""130 seconds, which are three stretches."""
TS_SYNC = 0x47


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("locked")
    (place / "lesson").mkdir()
    source = LONG.write(place / "film.mp4")
    write_package(source, place / "lesson", key_name=KEY_NAME, key=KEY)
    return place / "lesson"


@pytest.fixture(scope="module")
def film(folder: Path) -> PackagedFilm:
    film = read_package(folder)
    assert film is not None
    return film


def test_fifteen_segments_of_four_seconds_share_a_key(folder: Path) -> None:
    stretches = [segment.stretch for segment in locked_segments(folder / "64p")]
    assert stretches == [0] * 15 + [1] * 15 + [2] * 3


def test_every_segment_opens_with_the_key_of_its_stretch(folder: Path) -> None:
    for segment in locked_segments(folder / "64p"):
        content = segment.opened(KEY)
        assert len(content) % 188 == 0
        assert {content[at] for at in range(0, len(content), 188)} == {TS_SYNC}


def test_a_player_that_is_given_the_keys_plays_the_film(folder: Path, tmp_path: Path) -> None:
    """FFmpeg's own player of HLS, which knows nothing of us."""
    shutil.copytree(folder, tmp_path / "lesson")
    (tmp_path / "lesson" / "keys").mkdir()
    for stretch in range(3):
        (tmp_path / "lesson" / "keys" / str(stretch)).write_bytes(stretch_key(KEY, stretch))
    options = {"protocol_whitelist": "file,crypto", "allowed_extensions": "ALL", "extension_picky": "0"}
    with av.open(str(tmp_path / "lesson" / "64p" / "index.m3u8"), options=options) as player:
        assert sum(1 for _ in player.decode(video=0)) == LONG.frames


def test_no_segment_opens_with_the_key_of_another_film(folder: Path) -> None:
    other = film_key(MASTER_KEY, "f" * 32)
    for segment in locked_segments(folder / "64p"):
        try:
            content = segment.opened(other)
        except ValueError:
            continue  # the padding already says so
        assert content[:1] != bytes([TS_SYNC]) or content[188:189] != bytes([TS_SYNC])


def test_every_segment_begins_with_random_bytes_of_its_own(folder: Path) -> None:
    ivs = [segment.iv for segment in locked_segments(folder / "64p")]
    assert len(set(ivs)) == len(ivs)


def test_nothing_clear_is_left_behind(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["64p", "master.m3u8", "package.json"]
    for segment in folder.glob("*/*.ts"):
        content = segment.read_bytes()
        assert len(content) % 16 == 0
        assert content.count(bytes([TS_SYNC, 0x40, 0x00, 0x10])) == 0  # the table that begins every clear segment


def test_no_key_is_written_anywhere(folder: Path) -> None:
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in (MASTER_KEY, KEY, *(stretch_key(KEY, stretch) for stretch in range(3))):
        assert secret not in written
        assert secret.hex().encode() not in written


def test_the_record_says_which_key_it_is(folder: Path, film: PackagedFilm) -> None:
    record = json.loads((folder / "package.json").read_text())
    assert (record["format"], record["key_name"]) == (2, KEY_NAME)
    assert film.is_under(MASTER_KEY)
    assert not film.is_under(b"another master key, of 32 bytes.")


def test_a_package_under_another_master_key_is_told_apart(folder: Path, film: PackagedFilm) -> None:
    assert read_package(folder, MASTER_KEY) == film
    assert read_package(folder, b"another master key, of 32 bytes.") is None


def test_a_failure_leaves_no_clear_segment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk() -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jiangxue.courseware.packaging.locking.new_iv", full_disk)
    source = Film(frames=20, width=64, height=64).write(tmp_path / "film.mp4")
    (tmp_path / "lesson").mkdir()
    with pytest.raises(OSError, match="No space"):
        write_package(source, tmp_path / "lesson", key_name=KEY_NAME, key=KEY)
    assert list(tmp_path.rglob("*.ts")) == []


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17])
def test_padding_makes_every_length_whole(length: int) -> None:
    assert len(encrypted(bytes(length), key=bytes(16), iv=bytes(16))) == (length // 16 + 1) * 16


def test_a_segment_that_begins_a_picture_late_belongs_to_the_stretch_that_it_begins_in() -> None:
    """At 23.976 pictures a second, cuts lie up to a picture after the four seconds."""
    frames = [-(-4 * slot * 24_000 // 1001) for slot in range(32)]
    lengths = [(end - start) * 1001 / 24_000 for start, end in pairwise(frames)]
    segments = segments_of("".join(f"#EXTINF:{length:.6f},\n{n:05}.ts\n" for n, length in enumerate(lengths)))
    assert stretches_of(segments) == [0] * 15 + [1] * 15 + [2]


def test_a_long_segment_counts_by_where_it_begins() -> None:
    segments = [Segment("a", 50), Segment("b", 30), Segment("c", 4)]
    assert stretches_of(segments) == [0, 0, 1]


def _caged(place: Path, playlist: str) -> Path:
    """Make a folder as a caged process that was taken over could leave it."""
    (place / "clear" / "64p").mkdir(parents=True)
    (place / "clear" / "64p" / "index.m3u8").write_text(playlist)
    (place / "secret").write_text("the master key")
    (place / "lesson").mkdir()
    return place / "clear"


def test_a_link_that_a_taken_over_process_left_leads_nowhere(tmp_path: Path, film: PackagedFilm) -> None:
    clear = _caged(tmp_path, "#EXTINF:4.0,\n00000.ts\n")
    (clear / "64p" / "00000.ts").symlink_to(tmp_path / "secret")
    with pytest.raises(Crashed, match="symbolic links"):
        lock_renditions(clear, tmp_path / "lesson", film.renditions, KEY)


def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, film: PackagedFilm) -> None:
    clear = _caged(tmp_path, "#EXTINF:4.0,\n../../secret\n")
    with pytest.raises(Crashed):
        lock_renditions(clear, tmp_path / "lesson", film.renditions, KEY)


def test_a_pipe_in_the_place_of_a_segment_is_refused(tmp_path: Path, film: PackagedFilm) -> None:
    clear = _caged(tmp_path, "#EXTINF:4.0,\n00000.ts\n")
    os.mkfifo(clear / "64p" / "00000.ts")
    with pytest.raises(Crashed):
        lock_renditions(clear, tmp_path / "lesson", film.renditions, KEY)
