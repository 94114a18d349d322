"""What many tests of courseware need and what is slow to make."""

import pytest

from tests.domains.courseware import honest


@pytest.fixture(scope="session")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return a Word and a PPT file in the formats until 2003, by ending."""
    place = tmp_path_factory.mktemp("old")
    return {
        "doc": honest.old_office(honest.word("安全生产培训", "第二页"), "doc", place),
        "ppt": honest.old_office(honest.slides("消防安全", "第二张"), "ppt", place),
    }
