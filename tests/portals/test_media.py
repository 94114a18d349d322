"""Films: by signed folder, with ranges, never outside it (clauses T1.2, M3)."""

from pathlib import Path

import pytest
from django.test import Client

from jiangxue.portals.media.tickets import TICKET_AGE_S, media_url

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def film(tmp_path: Path, settings) -> str:
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "courseware": local}
    folder = tmp_path / "films" / "one"
    folder.mkdir(parents=True)
    (folder / "0000.ts").write_bytes(CONTENT)
    (tmp_path / "films" / "secret.ts").write_bytes(b"secret")
    return "films/one"


def test_a_file_is_served_whole_with_its_type(film: str, client: Client) -> None:
    response = client.get(media_url(film, "0000.ts"))
    assert response.content == CONTENT
    assert response.headers["Content-Type"] == "video/mp2t"
    assert response.headers["Accept-Ranges"] == "bytes"


@pytest.mark.clause("T1.2")
@pytest.mark.parametrize(
    ("wanted", "content", "described"),
    [
        ("bytes=0-9", CONTENT[:10], "bytes 0-9/1024"),
        ("bytes=1000-", CONTENT[1000:], "bytes 1000-1023/1024"),
        ("bytes=-4", CONTENT[-4:], "bytes 1020-1023/1024"),
        ("bytes=1000-9999", CONTENT[1000:], "bytes 1000-1023/1024"),
    ],
)
def test_a_range_is_served(film: str, client: Client, wanted: str, content: bytes, described: str) -> None:
    response = client.get(media_url(film, "0000.ts"), headers={"Range": wanted})
    assert response.status_code == 206
    assert response.content == content
    assert response.headers["Content-Range"] == described


def test_a_range_beyond_the_end_is_refused(film: str, client: Client) -> None:
    response = client.get(media_url(film, "0000.ts"), headers={"Range": "bytes=5000-6000"})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */1024"


@pytest.mark.clause("M3")
def test_a_ticket_opens_its_own_folder_alone(film: str, client: Client) -> None:
    address = media_url(film, "0000.ts").replace("0000.ts", "../secret.ts")
    assert client.get(address).status_code == 404


@pytest.mark.clause("M3")
def test_a_forged_ticket_is_refused(film: str, client: Client) -> None:
    assert client.get(media_url(film, "0000.ts").replace("films~one", "films")).status_code == 403


@pytest.mark.clause("M3")
def test_a_ticket_of_yesterday_is_refused(film: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = media_url(film, "0000.ts")
    monkeypatch.setattr("jiangxue.portals.media.tickets.TICKET_AGE_S", -1)
    assert TICKET_AGE_S == 12 * 3600
    assert client.get(address).status_code == 403


def test_behind_nginx_the_file_is_handed_over(film: str, client: Client, settings) -> None:
    settings.MEDIA_ACCEL = True
    response = client.get(media_url(film, "0000.ts"))
    assert response.headers["X-Accel-Redirect"] == "/course-media/films/one/0000.ts"
    assert response.content == b""
