"""What many tests of courseware need: a storage of their own, and what is slow to make."""

from pathlib import Path

import pytest

from tests.domains.courseware import hostile


@pytest.fixture
def own_storage(tmp_path: Path, settings) -> Path:
    """Let courseware be stored below this test's folder, which is returned."""
    options = {"location": tmp_path / "media", "allow_overwrite": True}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "courseware": backend}
    settings.WORK_FOLDER = tmp_path / "work"
    return tmp_path / "media"


@pytest.fixture(scope="session")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return a Word and a PPT file in the formats until 2003, by ending."""
    place = tmp_path_factory.mktemp("old")
    return {
        "doc": hostile.old_office(hostile.word("安全生产培训", "第二页"), "doc", place),
        "ppt": hostile.old_office(hostile.slides("消防安全", "第二张"), "ppt", place),
    }
