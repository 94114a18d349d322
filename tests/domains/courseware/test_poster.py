"""A film gets a poster: a picture of it that is not black, upright, and no part of what is locked (clause T1.2)."""

from pathlib import Path

import pytest
from PIL import Image

from jiangxue.courseware.packaging import package_film, read_package
from jiangxue.courseware.packaging.packages import POSTER
from tests.domains.courseware.bad_films import BadFilm
from tests.domains.courseware.films import Film
from tests.domains.courseware.unlocking import KEY, KEY_NAME


def poster_of(source: Path, place: Path) -> Image.Image | None:
    package_film(source, place / "lesson", key_name=KEY_NAME, key=KEY)
    assert read_package(place / "lesson") is not None
    path = place / "lesson" / POSTER
    return Image.open(path).convert("L") if path.exists() else None


def test_a_poster_is_a_picture_of_the_film(tmp_path: Path) -> None:
    poster = poster_of(Film(frames=30, width=640, height=360).write(tmp_path / "film.mp4"), tmp_path)
    assert poster is not None
    assert poster.size == (640, 360)
    assert not (tmp_path / "lesson" / ".clear").exists()


def test_a_large_film_has_a_small_poster(tmp_path: Path) -> None:
    poster = poster_of(Film(frames=10, width=1920, height=1080).write(tmp_path / "film.mp4"), tmp_path)
    assert poster is not None
    assert poster.size == (1280, 720)


def test_a_beginning_in_black_is_passed_over(tmp_path: Path) -> None:
    film = BadFilm(length=10, black=(0, 4)).write(tmp_path / "film.mp4")
    poster = poster_of(film, tmp_path)
    assert poster is not None
    assert max(poster.get_flattened_data()) > 150


def test_a_film_of_a_phone_held_upright_has_a_poster_that_stands_upright(tmp_path: Path) -> None:
    poster = poster_of(Film(frames=20, rotation=90).write(tmp_path / "film.mp4"), tmp_path)
    assert poster is not None
    assert poster.size == (720, 1280)
    # The film is dark at its upper left and bright at its upper right; a quarter turn to the left brings them down and up.
    assert poster.getpixel((10, 1230)) + 100 < poster.getpixel((10, 10))


@pytest.mark.parametrize("case", ["black", "sound"])
def test_where_there_is_nothing_to_be_seen_there_is_no_poster(tmp_path: Path, case: str) -> None:
    path = tmp_path / "film.mp4"
    source = BadFilm(length=3, black=(0, 3)).write(path) if case == "black" else Film(has_pictures=False).write(path)
    assert poster_of(source, tmp_path) is None
