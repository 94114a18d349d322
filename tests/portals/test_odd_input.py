"""Input that no browser sends gets its proper status, never a fault of ours (clause M3)."""

import pytest
from django.test import Client

from jiangxue.portals.media.tickets import media_url
from tests.factories.classes import Classroom

WINDOWS = ['"\\u0000' + "a" * 31 + '"', '"' + "漢" * 32 + '"', '"\\ud800' + "a" * 31 + '"', '"' + "g" * 32 + '"']


@pytest.mark.parametrize("window", WINDOWS)
def test_a_window_is_named_in_hexadecimal(room: Classroom, learner: Client, window: str) -> None:
    url = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    body = f'{{"window":{window},"take_over":false}}'
    assert learner.post(url, body, content_type="application/json").status_code == 400


def test_a_deeply_nested_opening_is_refused(room: Classroom, learner: Client) -> None:
    url = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    assert learner.post(url, "[" * 100_000, content_type="application/json").status_code == 400


def test_a_session_cookie_that_cannot_be_ours_is_forgotten(db: None, client: Client) -> None:
    cookie = r'sessionid="\000aaaaaaaaaaaa"'
    assert client.get("/", headers={"Cookie": cookie}).status_code == 302


@pytest.mark.parametrize("charset", ["utf-7", "hex", "unicode_escape", "idna"])
def test_forms_come_in_utf_8(db: None, client: Client, charset: str) -> None:
    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.generic("POST", "/sign-in/", b"identifier=a&password=b", content_type).status_code == 400


def test_a_role_of_endless_digits_is_refused(learner: Client) -> None:
    assert learner.post("/profile/roles/", {"role": "9" * 5000}).status_code == 400


@pytest.mark.parametrize("name", ["%00", "a%00b", "a" * 300, "%E6%BC%A2"])
def test_a_film_has_no_file_of_an_odd_name(client: Client, name: str) -> None:
    assert client.get(media_url("films/one", "x").removesuffix("x") + name).status_code == 404


def test_pages_of_a_person_are_not_kept_by_the_browser(room: Classroom, learner: Client) -> None:
    for address in ("/learn/", f"/learn/classes/{room.training_class.pk}/", "/profile/", "/learn/records/"):
        assert "no-store" in learner.get(address).headers["Cache-Control"], address
