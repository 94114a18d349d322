"""A sound without pictures becomes a lesson to listen to, whatever it was recorded with."""

from pathlib import Path

import av
import pytest

from jiangxue.courseware.packaging import PackagedFilm, report_of_film, write_package
from jiangxue.courseware.packaging.errors import Damaged
from jiangxue.courseware.rules.files import LessonKind
from tests.domains.courseware.sounds import Sound, amr_noise
from tests.domains.courseware.unlocking import KEY, KEY_NAME, locked_segments, opened_rendition

pytestmark = pytest.mark.clause("T1.1")

SOUND = Sound()


def package(source: Path) -> PackagedFilm:
    folder = source.parent / "lesson"
    folder.mkdir()
    return write_package(source, folder, key_name=KEY_NAME, key=KEY)


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.aac", "a.wav", "a.flac", "a.ogg", "a.wma"])
def test_a_sound_of_any_usual_kind_becomes_one_rendition_of_aac(tmp_path: Path, name: str) -> None:
    film = package(SOUND.write(tmp_path / name))
    assert film.kind is LessonKind.AUDIO
    assert [(made.name, made.codecs, made.segments) for made in film.renditions] == [("audio", "mp4a.40.2", 3)]
    assert abs(film.length_ms - SOUND.length_s * 1000) < 100


def test_an_old_telephone_s_recording_is_a_lesson_too(tmp_path: Path) -> None:
    film = package(amr_noise(tmp_path / "a.amr", 5))
    assert (film.kind, film.length_ms) == (LessonKind.AUDIO, 5000)


def test_a_sound_is_cut_every_four_seconds_and_can_be_played(tmp_path: Path) -> None:
    package(SOUND.write(tmp_path / "a.mp3"))
    segments = locked_segments(tmp_path / "lesson" / "audio")
    assert [round(segment.length_s) for segment in segments] == [4, 4, 1]
    with av.open(str(opened_rendition(tmp_path / "lesson" / "audio", tmp_path / "clear"))) as container:
        assert not container.streams.video
        seconds = sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
    assert seconds == pytest.approx(SOUND.length_s, abs=0.1)


def test_the_master_playlist_of_a_sound_names_no_size(tmp_path: Path) -> None:
    package(SOUND.write(tmp_path / "a.wav"))
    lines = (tmp_path / "lesson" / "master.m3u8").read_text().splitlines()
    assert lines[-1] == "audio/index.m3u8"
    assert "RESOLUTION" not in lines[-2]
    assert 'CODECS="mp4a.40.2"' in lines[-2]


@pytest.mark.parametrize("cover", ["png", "mjpeg"])
@pytest.mark.parametrize("name", ["a.mp3", "a.flac"])
def test_a_cover_picture_is_no_film(tmp_path: Path, name: str, cover: str) -> None:
    assert package(SOUND.write(tmp_path / name, cover=cover)).kind is LessonKind.AUDIO


def test_a_title_at_the_end_of_an_mp3_file_does_no_harm(tmp_path: Path) -> None:
    source = SOUND.write(tmp_path / "a.mp3")
    source.write_bytes(source.read_bytes() + b"TAG" + b"A title".ljust(125, b"\0"))
    assert package(source).kind is LessonKind.AUDIO


def test_recordings_glued_together_become_one_sound(tmp_path: Path) -> None:
    """The second one has another sample rate, as when a telephone's recording follows a camera's."""
    first = SOUND.write(tmp_path / "first.aac")
    second = Sound(rate=32_000).write(tmp_path / "second.aac")
    (tmp_path / "a.aac").write_bytes(first.read_bytes() + second.read_bytes())
    film = package(tmp_path / "a.aac")
    assert film.length_ms == pytest.approx(2 * SOUND.length_s * 1000, abs=4000)
    assert report_of_film(tmp_path / "a.aac").kind is LessonKind.AUDIO


def test_a_sound_whose_middle_is_rubbish_is_refused(tmp_path: Path) -> None:
    source = SOUND.write(tmp_path / "a.m4a")
    content = bytearray(source.read_bytes())
    content[25_000:50_000] = b"\xa5" * 25_000
    source.write_bytes(content)
    with pytest.raises(Damaged):
        package(source)
