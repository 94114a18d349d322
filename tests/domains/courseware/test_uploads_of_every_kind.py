"""Real files through all of it: sent, recognised, converted in cages, measured, stored (clauses T1.1, T1.4)."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, Upload
from jiangxue.courseware.packaging import read_package
from jiangxue.courseware.services.completing import complete
from jiangxue.courseware.services.processing import process
from jiangxue.kernel.clock import HandClock
from tests.conftest import MORNING
from tests.domains.courseware.films import Film
from tests.factories import classes, uploads
from tests.factories.questions import editor


@pytest.fixture
def course(db: None, own_storage: Path) -> Course:
    return classes.course(classes.institution(), lessons=1)


@pytest.fixture
def keeper(course: Course) -> Account:
    return editor(course.institution, MORNING)


def processed(course: Course, keeper: Account, name: str, content: bytes) -> Upload:
    upload = uploads.sent(course, keeper, MORNING, name=name, content=content)
    process(upload.pk, clock=HandClock(MORNING))
    return Upload.objects.select_related("media").get(pk=upload.pk)


def test_a_film_is_ready_in_the_size_it_came_in_and_then_in_all(
    course: Course, keeper: Account, own_storage: Path, tmp_path: Path
) -> None:
    film = Film().write(tmp_path / "film.mp4").read_bytes()
    ready = processed(course, keeper, "触电急救.mp4", film)
    assert (ready.state, ready.kind, ready.fault) == ("ready", "video", "")
    first = ready.media
    assert first is not None
    assert first.length_ms > 9_000
    assert {finding["check"] for finding in first.report["findings"]} >= {"resolution", "loudness"}
    assert len(renditions(own_storage / first.folder)) == 1
    complete(ready.pk)
    all_sizes = Upload.objects.select_related("media").get(pk=ready.pk).media
    assert all_sizes is not None
    assert len(renditions(own_storage / all_sizes.folder)) > 1
    assert (all_sizes.key_name, all_sizes.length_ms) == (first.key_name, first.length_ms)
    package = read_package(own_storage / all_sizes.folder)
    assert package is not None
    assert (package.sha256, package.key_name) == (all_sizes.sha256, first.key_name)


def renditions(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/index.m3u8"))


def test_a_sound_is_ready_too(course: Course, keeper: Account, tmp_path: Path) -> None:
    sound = Film(has_pictures=False).write(tmp_path / "sound.m4a").read_bytes()
    ready = processed(course, keeper, "安全广播.m4a", sound)
    assert (ready.state, ready.kind, ready.fault) == ("ready", "audio", "")
    assert ready.media is not None
    assert ready.media.kind == "audio"


def test_a_picture_becomes_a_page(course: Course, keeper: Account, own_storage: Path) -> None:
    content = BytesIO()
    Image.new("RGB", (1280, 960), "white").save(content, "PNG")
    ready = processed(course, keeper, "现场.png", content.getvalue())
    assert (ready.state, ready.kind, ready.fault) == ("ready", "image", "")
    assert ready.media is not None
    assert (own_storage / ready.media.folder / "pages" / "0001.webp").exists()
    assert (own_storage / "originals" / str(ready.pk)).read_bytes() == content.getvalue()
    assert not list(Path(settings.WORK_FOLDER).iterdir())


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("说明.pdf", b"no document at all", "unknown"),
        ("说明.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "wrong_name"),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100, "unknown"),
    ],
    ids=["no document", "a picture by another name", "a film without a film"],
)
def test_a_file_of_nothing_good_is_refused(
    course: Course, keeper: Account, name: str, content: bytes, fault: str
) -> None:
    refused = processed(course, keeper, name, content)
    assert (refused.state, refused.fault) == ("refused", fault)
