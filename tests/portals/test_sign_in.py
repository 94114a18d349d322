"""Signing in: plain words, what was typed is kept, five wrong passwords lock (clause M3)."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from tests.factories import people
from tests.factories.classes import Classroom

WRONG = {"identifier": "person", "password": "not-the-password-1"}


def test_a_learner_signs_in_and_lands_on_home(room: Classroom, client: Client) -> None:
    form = {"identifier": room.learner.login_name, "password": people.PASSWORD}
    response = client.post("/sign-in/", form, follow=True)
    assert response.request["PATH_INFO"] == "/learn/"


def test_the_page_that_was_wanted_comes_after_the_sign_in(room: Classroom, client: Client) -> None:
    response = client.get("/learn/records/")
    assert response.url == "/sign-in/?next=/learn/records/"
    form = {"identifier": room.learner.login_name, "password": people.PASSWORD, "next": "/learn/records/"}
    assert client.post("/sign-in/", form).url == "/learn/records/"


def test_an_address_elsewhere_is_not_followed(room: Classroom, client: Client) -> None:
    form = {"identifier": room.learner.login_name, "password": people.PASSWORD, "next": "https://example.com/"}
    assert client.post("/sign-in/", form).url == "/"


@pytest.mark.clause("M3")
def test_a_wrong_password_keeps_what_was_typed_and_says_what_to_do(room: Classroom, client: Client) -> None:
    response = client.post("/sign-in/", WRONG)
    assert response.status_code == 400
    page = response.content.decode()
    assert "账号或密码不对，请核对后再试。" in page
    assert 'value="person"' in page
    assert "not-the-password-1" not in page


@pytest.mark.clause("M3")
def test_five_wrong_passwords_lock_for_half_an_hour(room: Classroom, client: Client, clock: HandClock) -> None:
    right = {"identifier": room.learner.login_name, "password": people.PASSWORD}
    for _ in range(5):
        client.post("/sign-in/", {**right, "password": "wrong-password-1"})
    response = client.post("/sign-in/", right)
    assert response.status_code == 429
    assert "09:30" in response.content.decode()
    clock.advance(30 * 60_000)
    assert client.post("/sign-in/", right).status_code == 302


def test_an_empty_form_says_what_is_missing(room: Classroom, client: Client) -> None:
    response = client.post("/sign-in/", {})
    assert response.status_code == 400
    assert "请填写密码。" in response.content.decode()


def test_signing_out_ends_the_browser_session(learner: Client) -> None:
    learner.post("/sign-out/")
    assert learner.get("/learn/").status_code == 302


@pytest.mark.parametrize("wanted", ["abc", "learn", "healthz", "x y", "//example.com", "/\\example.com"])
def test_a_page_that_is_none_of_ours_leads_home(room: Classroom, client: Client, wanted: str) -> None:
    form = {"identifier": room.learner.login_name, "password": people.PASSWORD, "next": wanted}
    assert client.post("/sign-in/", form).url == "/"
