"""The papers of a course are sent as PDF and Word, with Chinese names (clauses C2, M7)."""

from urllib.parse import quote

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from tests.factories import classes
from tests.factories.courses import Desk, published
from tests.factories.questions import editor
from tests.portals.clients import client_of, text_of
from tests.portals.courses import course_url

STARTS = {"pdf": b"%PDF", "docx": b"PK"}


@pytest.fixture
def client(at: Desk) -> Client:
    return client_of(at.editor)


@pytest.mark.clause("M7")
@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("kind", ["outline", "introduction"])
def test_a_draft_is_printed(at: Desk, client: Client, kind: str, form: str) -> None:
    response = client.get(course_url(at, f"papers/{kind}.{form}"))
    assert response.status_code == 200
    assert response.content.startswith(STARTS[form])
    assert quote("低压电工安全") in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.clause("M7")
@pytest.mark.parametrize("kind", ["outline", "introduction", "review-sheet"])
def test_a_version_is_printed_with_its_reviews(at: Desk, client: Client, clock: HandClock, kind: str) -> None:
    version = published(at, clock.now())
    page = text_of(client, course_url(at, "papers/"))
    for form, begins in STARTS.items():
        address = f"/institution/versions/{version.pk}/papers/{kind}.{form}"
        assert address in page
        assert client.get(address).content.startswith(begins)


@pytest.mark.clause("M7")
def test_the_inventory_has_all_courses_of_the_institution(at: Desk, client: Client, clock: HandClock) -> None:
    for _ in range(6):
        classes.course(at.institution)
    for form, begins in STARTS.items():
        assert client.get(f"/institution/courses/inventory.{form}").content.startswith(begins)
    newcomer = client_of(editor(classes.institution(), clock.now()))
    assert newcomer.get("/institution/courses/inventory.docx").status_code == 404


def test_the_training_flow_is_drawn_in_the_page(at: Desk, client: Client) -> None:
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="flow"' in text_of(client, course_url(at, "papers/"))


def test_without_fonts_the_word_file_is_offered(at: Desk, client: Client, settings) -> None:
    settings.PAPER_FONTS = ("No Such Font",)
    page = text_of(client, course_url(at, "papers/outline.pdf"), 503)
    assert "没有安装中文字体" in page
    assert course_url(at, "papers/outline.docx") in page
    assert client.get(course_url(at, "papers/outline.docx")).status_code == 200


@pytest.mark.parametrize("paper", ["outline.txt", "price.pdf", "review-sheet.pdf"])
def test_there_is_no_other_paper(at: Desk, client: Client, paper: str) -> None:
    assert client.get(course_url(at, f"papers/{paper}")).status_code == 404
    assert client.get("/institution/courses/inventory.txt").status_code == 404
