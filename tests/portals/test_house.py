"""What every page has: security headers, error pages in plain words, health, quiet logs (clauses M3, T1.2)."""

import json
import logging
import sys

import pytest
from django.db import connection, transaction
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.organisations.models import Region
from jiangxue.project.logs import ImpersonalFormatter, WithoutAddresses
from tests.factories.classes import Classroom
from tests.portals.clients import main_in


@pytest.mark.clause("M3")
def test_pages_carry_a_strict_content_policy(db: None, client: Client) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert "connect-src 'self' wss://localhost:* wss://127.0.0.1:*;" in policy


@pytest.mark.clause("M3")
def test_plain_http_elsewhere_than_localhost_shows_what_to_do(db: None, client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    response = client.get("/sign-in/", headers={"Host": "192.168.1.20:8000"})
    assert response.status_code == 403
    assert "TLS=1" in response.content.decode()
    assert "https" in response.content.decode()


@pytest.mark.clause("T1.2")
def test_over_tls_every_name_is_served(db: None, client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert client.get("/sign-in/", headers={"Host": "192.168.1.20"}, secure=True).status_code == 200


def test_a_page_that_does_not_exist_leads_on(learner: Client) -> None:
    response = learner.get("/nowhere/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_a_page_of_another_role_leads_on(learner: Client) -> None:
    response = learner.get("/operator/audit/")
    assert response.status_code == 403
    assert 'href="/"' in response.content.decode()


def test_a_form_without_its_token_explains_itself(room: Classroom) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"identifier": "x", "password": "y"})
    assert response.status_code == 403
    assert "页面打开太久了" in main_in(response.content.decode())


def test_a_fault_of_ours_is_told_without_details(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(room.learner)

    def broken(*args: object) -> None:
        raise RuntimeError("李小明 440104199001010018")

    monkeypatch.setattr("jiangxue.portals.learner.home.own_enrolments", broken)
    response = client.get("/learn/")
    assert response.status_code == 500
    assert "李小明" not in response.content.decode()


def test_two_who_change_the_same_thing_are_told_to_try_again(
    room: Classroom, learner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(*args: object) -> None:
        with transaction.atomic():
            Region.objects.create(code="440104", name="again")

    monkeypatch.setattr("jiangxue.portals.learner.home.own_enrolments", twice)
    response = learner.get("/learn/")
    assert response.status_code == 409
    assert "409" in response.content.decode()
    assert "请重新打开" in response.content.decode()


@pytest.mark.clause("M3")
def test_logs_tell_where_and_what_kind_but_never_the_message() -> None:
    secret = "李小明 440104199001010018"
    try:
        raise ValueError(secret)
    except ValueError:
        what = sys.exc_info()
    record = logging.getLogger("x").makeRecord("x", logging.ERROR, __file__, 1, "failed", (), what)
    line = ImpersonalFormatter("%(message)s").format(record)
    assert "ValueError" in line
    assert "test_house.py" in line
    assert "440104" not in line
    json.loads(line)


def test_healthz_says_that_the_process_lives(client: Client) -> None:
    assert client.get("/healthz").json() == {"live": True}


def test_readyz_asks_the_database_and_misses_a_worker(db: None, client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "jobs": False, "keys": True}


def test_readyz_is_content_with_a_worker_that_reports(db: None, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (clock_timestamp())")
    assert client.get("/readyz").json() == {"database": True, "jobs": True, "keys": True}


def test_the_start_leads_each_role_to_its_first_page(room: Classroom, learner: Client, clock: HandClock) -> None:
    assert learner.get("/").url == "/learn/"
    assert Client().get("/").url == "/sign-in/?next=/"


@pytest.mark.clause("M2")
def test_logs_keep_no_address_that_somebody_typed() -> None:
    record = logging.getLogger("django.request").makeRecord(
        "django.request", logging.ERROR, __file__, 1, "Not Found: %s", ("/learn/13800000012 李小明/",), None
    )
    assert WithoutAddresses().filter(record)
    line = ImpersonalFormatter("%(message)s").format(record)
    assert "138" not in line
