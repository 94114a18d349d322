"""Bodies beyond what the program reads end with 413 before they are kept (clause M3)."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from jiangxue.courseware.rules.uploads import CHUNK_BYTES, MOST_CHUNK_BYTES
from jiangxue.project.body_limit import (
    MOST_BYTES,
    MOST_BYTES_WITH_CAPTIONS,
    MOST_BYTES_WITH_OCCUPATIONS,
    MOST_BYTES_WITH_PICTURE,
    MOST_BYTES_WITH_WORDS,
    WITH_PICTURE,
    WITH_WORDS,
    BodyLimit,
)
from jiangxue.project.error_pages import too_large
from jiangxue.screening.rules import word_file
from tests.loops import in_a_loop


def answered(chunks: list[bytes], path: str = "/learn/") -> tuple[int, int]:
    """Send chunks to an application that reads all of them; return the status and how many bytes it was given."""
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[dict[str, Any]] = []
    taken = 0

    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal taken
        more = True
        while more:
            event = await receive()
            taken += len(event["body"])
            more = event["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    in_a_loop(BodyLimit(application, too_large)({"type": "http", "path": path}, receive, send))
    return sent[0]["status"], taken


@pytest.mark.clause("M3")
def test_a_body_within_the_limit_is_passed_on() -> None:
    assert answered([b"x" * (MOST_BYTES // 2)] * 2) == (200, MOST_BYTES)


@pytest.mark.clause("M3")
def test_a_body_beyond_it_is_cut_off() -> None:
    status, taken = answered([b"x" * (MOST_BYTES // 2)] * 100)
    assert status == 413
    assert taken <= MOST_BYTES


def test_the_page_says_what_to_do_and_where_the_words_are() -> None:
    page = too_large().decode()
    for words in ("文件太大", "最多 8 MB", "请用浏览器返回"):
        assert words in page


@pytest.mark.clause("M3")
def test_an_appeal_may_bring_a_picture_and_nothing_larger() -> None:
    assert answered([b"x" * (MOST_BYTES_WITH_PICTURE // 4)] * 4, WITH_PICTURE)[0] == 200
    assert answered([b"x" * (MOST_BYTES_WITH_PICTURE // 4)] * 5, WITH_PICTURE)[0] == 413


def test_the_address_that_may_bring_a_picture_is_that_of_an_appeal() -> None:
    assert reverse("learner:new_appeal", args=("2026-11-24", "0" * 32, 0)).startswith(WITH_PICTURE)


@pytest.mark.clause("T1.1")
def test_a_portion_of_a_file_may_be_sent_and_nothing_larger() -> None:
    path = reverse("institution:upload", args=(1, UUID(int=7)))
    assert answered([b"x" * (CHUNK_BYTES // 4)] * 4, path)[0] == 200
    assert answered([b"x" * (MOST_CHUNK_BYTES // 4)] * 5, path)[0] == 413
    assert answered([b"x" * (CHUNK_BYTES // 4)] * 4, reverse("institution:uploads", args=(1,)))[0] == 413


def test_captions_that_are_too_large_are_told_so_by_their_page() -> None:
    path = reverse("institution:captions", args=(UUID(int=7),))
    assert answered([b"x" * MOST_BYTES] * 2, path)[0] == 200
    assert answered([b"x" * MOST_BYTES_WITH_CAPTIONS] * 2, path)[0] == 413


def test_a_table_of_occupations_that_is_too_large_is_told_so_by_its_page() -> None:
    path = reverse("operator:import_occupations")
    assert answered([b"x" * MOST_BYTES] * 5, path)[0] == 200
    assert answered([b"x" * MOST_BYTES_WITH_OCCUPATIONS] * 2, path)[0] == 413


def test_a_list_of_words_that_is_too_large_is_told_so_by_its_page() -> None:
    path = reverse("operator:import_words")
    assert path == WITH_WORDS
    assert answered([b"x" * word_file.MOST_BYTES, b"x" * 1024], path)[0] == 200
    assert answered([b"x" * MOST_BYTES_WITH_WORDS] * 2, path)[0] == 413


@pytest.mark.parametrize("place", ["classes/7", "openings/7"])
def test_a_roster_may_be_sent_where_rosters_are_and_nowhere_else(place: str) -> None:
    eight = [b"x" * 1024 * 1024] * 9
    assert answered(eight, f"/institution/{place}/roster-file/")[0] == 200
    assert answered(eight * 2, f"/institution/{place}/roster-file/")[0] == 413
    assert answered(eight, f"/institution/{place}/roster-file/preview/")[0] == 413
