"""Nobody of another institution reaches a file or sends one into a course, by whatever address or method (clause M3)."""

from pathlib import Path

import pytest
from django.test import Client

from jiangxue.courseware.models import Upload
from jiangxue.kernel.clock import HandClock
from jiangxue.portals.institution.uploads import PORTION, VERSION
from jiangxue.portals.media.tickets import BadTicket, folder_of
from tests.factories import classes
from tests.factories.classes import Classroom
from tests.factories.questions import editor
from tests.portals.clients import client_of
from tests.portals.test_uploads import address, created


@pytest.fixture(autouse=True)
def _storage(own_storage: Path) -> None:
    """Keep what these tests send apart."""


@pytest.mark.parametrize("method", ["get", "head", "options", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("named", ["", "PATCH", "HEAD", "POST"])
def test_no_method_leads_into_the_files_of_others(room: Classroom, clock: HandClock, method: str, named: str) -> None:
    course = room.training_class.course
    at = created(client_of(editor(room.institution, clock.now())), course)["Location"]
    upload = Upload.objects.get()
    stranger = client_of(editor(classes.institution(), clock.now()))
    said = {"Tus-Resumable": VERSION, "Upload-Length": "30", "Upload-Offset": "0"}
    if named:
        said["X-HTTP-Method-Override"] = named
    pages = [
        f"/institution/files/{upload.pk}/{more}" for more in ("", "state/", "place/", "drop/", "again/", "captions/")
    ]
    for url in (at, address(course), *pages, f"/institution/courses/{course.pk}/files/"):
        answer = getattr(stranger, method)(
            url, headers=said, **({"content_type": PORTION, "data": b"x"} if method in ("put", "patch") else {})
        )
        assert answer.status_code in (404, 405), (url, answer.status_code)
    assert Upload.objects.get().received == 0


@pytest.mark.parametrize(
    "forged", ["made~x", "..~..~etc:1abc:sig", "~etc~passwd", "made~x:1vzzzz:" + "A" * 43, "１:２:３"]
)
def test_a_ticket_that_we_have_not_signed_opens_no_folder(client: Client, forged: str) -> None:
    with pytest.raises(BadTicket):
        folder_of(forged)
    assert client.get(f"/media/{forged}/master.m3u8").status_code == 403
