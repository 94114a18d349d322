"""Whatever a disk or a hand did to a film, the answer is a package or a refusal that says so; the caged process does not die of it."""

import random
from pathlib import Path

import pytest

from jiangxue.courseware.packaging import PackagingRefused, report_of_film, write_package
from jiangxue.courseware.packaging.errors import Crashed
from tests.domains.courseware.films import Film
from tests.domains.courseware.sounds import Sound
from tests.domains.courseware.unlocking import KEY, KEY_NAME


def _source(name: str, place: Path) -> Path:
    if name in ("a.mp4", "a.mkv"):
        return Film(frames=20, width=320, height=180).write(place / name)
    return Sound(length_s=2).write(place / name)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.m4a", "a.flac"])
def test_a_damaged_film_is_packaged_or_refused(tmp_path: Path, name: str, seed: int) -> None:
    source = _source(name, tmp_path)
    chance = random.Random(f"{name} {seed}")
    content = bytearray(source.read_bytes())
    for _ in range(10**seed):
        content[chance.randrange(len(content))] = chance.randrange(256)
    source.write_bytes(content)
    (tmp_path / "lesson").mkdir()
    assert _refusal_of(source, tmp_path / "lesson") is not Crashed
    assert not (tmp_path / "lesson" / ".clear").exists()


def _refusal_of(source: Path, folder: Path) -> type[PackagingRefused] | None:
    try:
        write_package(source, folder, key_name=KEY_NAME, key=KEY)
        report_of_film(source)
    except PackagingRefused as refused:
        return type(refused)
    return None
