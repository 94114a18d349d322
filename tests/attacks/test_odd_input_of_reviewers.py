"""What no browser sends to a reviewer's pages is refused, and breaks nothing (clause M3)."""

import pytest
from django.test import Client

from jiangxue.courseware.models import CourseVersion
from jiangxue.kernel.clock import HandClock
from jiangxue.screening.models import Hit
from tests.factories.courses import Desk, desk, submitted
from tests.factories.words import word_list
from tests.portals.clients import client_of


@pytest.fixture
def at(db: None, clock: HandClock) -> Desk:
    word_list(clock.now(), {"触电": "测试"})
    return desk(clock.now())


@pytest.fixture
def version(at: Desk, clock: HandClock) -> CourseVersion:
    return submitted(at, clock.now())


@pytest.fixture
def browser(at: Desk) -> Client:
    client = client_of(at.reviewers[0])
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("act", ["hits/{hit}/", "marks/1/remove/"])
def test_the_way_back_to_a_lesson_of_endless_digits(version: CourseVersion, browser: Client, act: str) -> None:
    hit = Hit.objects.order_by("pk")[0]
    address = f"/review/versions/{version.pk}/{act.format(hit=hit.pk)}"
    assert browser.post(address, {"decision": "harmless", "lesson": "9" * 5000}).status_code != 500


def test_a_note_about_a_word_with_a_sign_that_the_database_cannot_keep(version: CourseVersion, browser: Client) -> None:
    hit = Hit.objects.order_by("pk")[0]
    sent = {"decision": "harmless", "note": "无妨\0"}
    assert browser.post(f"/review/versions/{version.pk}/hits/{hit.pk}/", sent).status_code != 500
