"""A film can be watched soon: what can be taken over comes first, and how far the rest is can be seen."""

from itertools import pairwise
from pathlib import Path

import pytest

from jiangxue.courseware.packaging import read_package, read_progress, write_package
from jiangxue.courseware.packaging.progress import Progress
from tests.domains.courseware.films import Film
from tests.domains.courseware.unlocking import KEY, KEY_NAME, locked_segments


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Film(frames=75).write(tmp_path_factory.mktemp("film") / "film.mp4")


def test_a_film_that_fits_is_taken_over_first_and_says_that_more_is_to_come(film: Path, tmp_path: Path) -> None:
    first = write_package(film, tmp_path, key_name=KEY_NAME, key=KEY, most_renditions=1)
    assert [made.name for made in first.renditions] == ["720p"]
    assert first.more
    assert read_package(tmp_path) == first


def test_a_full_packaging_leaves_nothing_out(film: Path, tmp_path: Path) -> None:
    full = write_package(film, tmp_path, key_name=KEY_NAME, key=KEY)
    assert [made.name for made in full.renditions] == ["720p", "480p"]
    assert not full.more


def test_a_film_that_must_be_encoded_anyway_is_made_whole_at_once(tmp_path: Path) -> None:
    source = Film(frames=20, height=544, width=960, rotation=180).write(tmp_path / "film.mp4")
    (tmp_path / "lesson").mkdir()
    made = write_package(source, tmp_path / "lesson", key_name=KEY_NAME, key=KEY, most_renditions=1)
    assert [rendition.name for rendition in made.renditions] == ["544p", "480p"]
    assert not made.more


def test_a_small_film_has_nothing_to_leave_out(tmp_path: Path) -> None:
    source = Film(frames=20, height=360, width=640).write(tmp_path / "film.mp4")
    (tmp_path / "lesson").mkdir()
    assert not write_package(source, tmp_path / "lesson", key_name=KEY_NAME, key=KEY, most_renditions=1).more


def test_a_recording_with_a_picture_every_ten_seconds_is_cut_every_four(tmp_path: Path) -> None:
    source = Film(frames=3, width=320, height=180, keyframe_every=1, hold=150).write(tmp_path / "film.mp4")
    (tmp_path / "lesson").mkdir()
    made = write_package(source, tmp_path / "lesson", key_name=KEY_NAME, key=KEY)
    lengths = [round(segment.length_s, 1) for segment in locked_segments(tmp_path / "lesson" / "180p")]
    assert lengths[:5] == [4, 4, 4, 4, 4]
    assert sum(lengths) * 1000 == pytest.approx(made.length_ms, abs=100)


def test_when_all_is_done_the_progress_is_whole(film: Path, tmp_path: Path) -> None:
    progress = tmp_path / "progress"
    (tmp_path / "lesson").mkdir()
    assert read_progress(progress) == 0
    write_package(film, tmp_path / "lesson", key_name=KEY_NAME, key=KEY, most_renditions=1, progress=progress)
    assert read_progress(progress) == 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lesson", "progress"]


def test_progress_never_goes_back_and_is_written_at_most_every_five_thousandths(tmp_path: Path) -> None:
    told = []
    progress = Progress(tmp_path / "progress", {"sound": 0.1, "720p": 1, "480p": 0.5})
    for work in ("sound", "720p", "480p"):
        for part in (0, 0.3, 0.29, 0.3001, 2, -1, 0.9):
            progress.reach(work, part)
            told.append(read_progress(tmp_path / "progress"))
        progress.finish(work)
        told.append(read_progress(tmp_path / "progress"))
    assert told == sorted(told)
    assert all(later - sooner == 0 or later - sooner >= 5 for sooner, later in pairwise(told))
    assert told[-1] == 980
