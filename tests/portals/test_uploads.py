"""Sending files by tus 1.0, its core and creation: who may, and what the server answers (clauses T1.1, M3)."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, Upload
from jiangxue.courseware.rules.uploads import MOST_CHUNK_BYTES, MOST_UNFINISHED
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.institution.uploads import PORTION, VERSION
from tests.factories import classes, people, uploads
from tests.factories.classes import Classroom
from tests.factories.questions import editor
from tests.portals.clients import client_of


@pytest.fixture(autouse=True)
def _storage(own_storage: Path) -> None:
    """Keep what these tests send apart."""


@pytest.fixture
def client(keeper: Account) -> Client:
    return client_of(keeper)


def address(course: Course) -> str:
    return f"/institution/courses/{course.pk}/uploads/"


def created(client: Client, course: Course, length: object = 30, **headers: str):
    name = base64.b64encode("讲义.pdf".encode()).decode()
    said = {
        "Tus-Resumable": VERSION,
        "Upload-Length": str(length),
        "Upload-Metadata": f"filename {name},filetype cGRm",
        **headers,
    }
    return client.post(address(course), headers={key: value for key, value in said.items() if value})


def patched(client: Client, at: str, offset: object, body: bytes, **headers: str):
    said = {"Tus-Resumable": VERSION, "Upload-Offset": str(offset), **headers}
    kind = said.pop("Content-Type", PORTION)
    return client.patch(at, data=body, content_type=kind, headers=said)


def standing(client: Client, at: str):
    return client.head(at, headers={"Tus-Resumable": VERSION})


def test_the_server_says_what_it_speaks(client: Client, course: Course) -> None:
    answer = client.options(address(course))
    assert answer.status_code == 204
    assert (answer["Tus-Version"], answer["Tus-Extension"]) == ("1.0.0", "creation")
    assert answer["Tus-Resumable"] == "1.0.0"


def test_a_file_is_announced_and_sent_and_asked_after(client: Client, course: Course) -> None:
    answer = created(client, course)
    assert answer.status_code == 201
    at = answer["Location"]
    assert at.startswith(address(course))
    assert Upload.objects.get().name == "讲义.pdf"
    for offset in (0, 10, 20):
        where = standing(client, at)
        assert (where.status_code, where["Upload-Offset"], where["Upload-Length"]) == (200, str(offset), "30")
        assert "no-store" in where["Cache-Control"]
        taken = patched(client, at, offset, uploads.CONTENT[offset : offset + 10])
        assert (taken.status_code, taken["Upload-Offset"], taken.content) == (204, str(offset + 10), b"")
        assert taken["Tus-Resumable"] == "1.0.0"
    assert Upload.objects.get().state == "waiting"


def test_another_version_is_refused_with_the_one_that_is_spoken(client: Client, course: Course) -> None:
    at = created(client, course)["Location"]
    for answer in (
        created(client, course, **{"Tus-Resumable": "0.2.2"}),
        created(client, course, **{"Tus-Resumable": ""}),
        patched(client, at, 0, b"x", **{"Tus-Resumable": "2.0.0"}),
        client.head(at),
    ):
        assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")
    assert Upload.objects.count() == 1


def test_a_portion_that_does_not_follow_is_told_where_it_stands(client: Client, course: Course) -> None:
    at = created(client, course)["Location"]
    assert patched(client, at, 0, b"0123456789").status_code == 204
    for offset in (0, 5, 11):
        assert patched(client, at, offset, b"0123456789").status_code == 409
    assert standing(client, at)["Upload-Offset"] == "10"


@pytest.mark.parametrize("length", ["", "-1", "+5", "1.5", "ten", "1e3", "９", "1" * 19])
def test_a_length_that_is_no_number_is_refused(client: Client, course: Course, length: str) -> None:
    assert created(client, course, length).status_code == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize("offset", ["", "-1", "0x0", " ", "1" * 19])
def test_an_offset_that_is_no_number_is_refused(client: Client, course: Course, offset: str) -> None:
    at = created(client, course)["Location"]
    assert patched(client, at, offset, b"x").status_code == 400


def test_metadata_that_cannot_be_read_are_refused_and_missing_ones_are_not(client: Client, course: Course) -> None:
    assert created(client, course, **{"Upload-Metadata": "filename ???"}).status_code == 400
    assert created(client, course, **{"Upload-Metadata": "filename /w=="}).status_code == 400
    assert created(client, course, **{"Upload-Metadata": ""}).status_code == 201
    assert Upload.objects.get().name == "file"


def test_a_portion_is_of_its_own_type(client: Client, course: Course) -> None:
    at = created(client, course)["Location"]
    assert patched(client, at, 0, b"x", **{"Content-Type": "application/octet-stream"}).status_code == 415


def test_what_is_too_large_is_refused_in_words(client: Client, course: Course, settings) -> None:
    settings.LARGEST_UPLOAD_BYTES = 4 * 1024**3
    answer = created(client, course, 4 * 1024**3 + 1)
    assert answer.status_code == 413
    assert "文件超过 4.0" in answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    at = created(client, course)["Location"]
    assert patched(client, at, 0, b"x" * 31).status_code == 413
    large = created(client, course, 2 * MOST_CHUNK_BYTES)["Location"]
    assert patched(client, large, 0, b"x" * (MOST_CHUNK_BYTES + 1)).status_code == 413
    assert patched(client, large, 0, b"x" * MOST_CHUNK_BYTES).status_code == 204


def test_a_torn_portion_is_not_kept(client: Client, course: Course) -> None:
    at = created(client, course)["Location"]
    torn = {"wsgi.input": BytesIO(b"01234"), "CONTENT_LENGTH": "10", "CONTENT_TYPE": PORTION}
    headers = {"Tus-Resumable": VERSION, "Upload-Offset": "0"}
    answer = client.generic("PATCH", at, b"", PORTION, headers=headers, **torn)
    assert answer.status_code == 400
    assert standing(client, at)["Upload-Offset"] == "0"
    assert patched(client, at, 0, b"0123456789").status_code == 204


def test_an_empty_file_is_taken_and_refused_with_words(client: Client, course: Course) -> None:
    assert created(client, course, 0).status_code == 201
    page = client.get(f"/institution/files/{Upload.objects.get().pk}/").content.decode()
    assert "文件是空的" in page


def test_a_method_that_cannot_be_sent_may_be_named(client: Client, course: Course) -> None:
    at = created(client, course)["Location"]
    headers = {"Tus-Resumable": VERSION, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(at, data=b"0123456789", content_type=PORTION, headers=headers).status_code == 204


def test_a_request_that_only_reads_cannot_be_named_another(keeper: Account, course: Course) -> None:
    """A GET needs no token against forgery, so it may not become a POST or PATCH that would."""
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(keeper)
    said = {"Tus-Resumable": VERSION, "Upload-Length": "30", "X-HTTP-Method-Override": "POST"}
    assert forged.get(address(course), headers=said).status_code == 405
    assert forged.post(address(course), headers=said).status_code == 403
    assert not Upload.objects.exists()


def test_other_methods_are_refused(client: Client, course: Course) -> None:
    at = created(client, course)["Location"]
    for answer in (
        client.delete(at, headers={"Tus-Resumable": VERSION}),
        client.get(at, headers={"Tus-Resumable": VERSION}),
    ):
        assert answer.status_code == 405


def test_the_21st_unfinished_file_is_refused_in_words(client: Client, course: Course) -> None:
    for _ in range(MOST_UNFINISHED):
        assert created(client, course).status_code == 201
    answer = created(client, course)
    assert answer.status_code == 422
    assert "20 个文件没有传完" in answer.content.decode()


@pytest.mark.clause("M3")
def test_without_the_token_of_the_page_nothing_is_taken(keeper: Account, course: Course) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(keeper)
    assert created(strict, course).status_code == 403
    page = strict.get(f"/institution/courses/{course.pk}/files/")
    token = str(page.context["csrf_token"])
    answer = created(strict, course, **{"X-CSRFToken": token})
    assert answer.status_code == 201
    assert patched(strict, answer["Location"], 0, b"x").status_code == 403
    assert patched(strict, answer["Location"], 0, b"x", **{"X-CSRFToken": token}).status_code == 204


@pytest.mark.clause("M3")
def test_a_file_is_sent_by_the_editors_of_its_institution_alone(
    room: Classroom, client: Client, course: Course, clock: HandClock
) -> None:
    at = created(client, course)["Location"]
    of, now = room.institution, clock.now()
    for role in (Role.TEACHER, Role.HEAD_TEACHER):
        other = client_of(people.account((role, of.pk), now=now))
        assert {created(other, course).status_code, standing(other, at).status_code} == {403}
    stranger = client_of(editor(classes.institution(), now))
    assert {created(stranger, course).status_code, standing(stranger, at).status_code} == {404}
    assert patched(stranger, at, 0, b"x").status_code == 404
    assert stranger.options(address(course)).status_code == 404
    nobody = Client()
    assert {created(nobody, course).status_code, patched(nobody, at, 0, b"x").status_code} == {401}
    colleague = client_of(editor(of, now, Role.INSTITUTION_ADMINISTRATOR))
    assert patched(colleague, at, 0, b"x").status_code == 404  # bytes in another's name
    assert created(colleague, course).status_code == 201
    assert patched(client, at, 0, b"x").status_code == 204


def test_a_file_is_found_at_its_own_course_alone(room: Classroom, client: Client, course: Course) -> None:
    upload_id = created(client, course)["Location"].split("/")[-2]
    other = classes.course(room.institution)
    assert standing(client, f"{address(other)}{upload_id}/").status_code == 404
    assert standing(client, f"{address(course)}{'0' * 8}-0000-4000-8000-{'0' * 12}/").status_code == 404


@pytest.mark.clause("M3")
@pytest.mark.parametrize("state", ["waiting", "working", "refused", "failed"])
def test_nothing_is_added_to_a_file_that_has_come_whole(
    keeper: Account, client: Client, course: Course, clock: HandClock, state: str
) -> None:
    fields = {"refused": {"fault": "macro", "finished_at": clock.now()}, "failed": {"finished_at": clock.now()}}
    upload = uploads.kept(course, keeper, clock.now(), state=state, received=30, **fields.get(state, {}))
    at = f"{address(course)}{upload.pk}/"
    assert patched(client, at, 30, b"more").status_code == 413
    assert patched(client, at, 0, uploads.CONTENT).status_code == 409
    upload.refresh_from_db()
    assert (upload.state, upload.received) == (state, 30)
