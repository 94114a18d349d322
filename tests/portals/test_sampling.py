"""Pages of samples: drawing by a seed, looking at bars and, for one reason, at strips of pictures (clauses C5, T3.3, M2)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.supervision.models import Draw, Drawn
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import faces_checked, learning, shows
from tests.factories.facing import PICTURE
from tests.factories.supervising import classmates
from tests.portals.clients import main_of, supervisor

pytestmark = pytest.mark.clause("C5")
LIST = "/region/samples/"


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    """Return a class in which one learner learned for eight minutes and passed two checks of their face."""
    made = faces_checked(classroom(clock.now(), lesson_ms=3_600_000), clock)
    learning(made, clock)
    shows(made, clock, [AttemptOutcome.PASSED])
    return made


@pytest.fixture
def city(room: Classroom, clock: HandClock) -> Client:
    return supervisor("4401", clock)


def asked(clock: HandClock, **facts: object) -> dict[str, object]:
    today = clock.now().date()
    days = {"first_day": (today - timedelta(days=6)).isoformat(), "last_day": today.isoformat()}
    named = {"seed": "８号球", "named_by": "省专家组"}
    return {"region": "4401", "institution": "", "training_class": "", "size": 5, **days, **named, **facts}


def drawn(client: Client, clock: HandClock, **facts: object) -> str:
    """Draw a sample and return its address."""
    response = client.post(f"{LIST}draw/", asked(clock, **facts))
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def pictures_on(page: str) -> list[str]:
    return re.findall(r'<img src="([^"]*/samples/picture/[^"]+)"', page)


def test_a_sample_is_drawn_in_the_browser_and_shows_bars_checks_and_nobody_s_name(
    room: Classroom, city: Client, clock: HandClock
) -> None:
    assert "还没有抽查记录" in main_of(city, LIST)
    assert "种子数" in main_of(city, f"{LIST}draw/")
    page = main_of(city, drawn(city, clock))
    assert "8号球" in page
    assert "省专家组" in page
    assert 'class="bar"' in page
    assert "bar-seal" in page
    assert room.training_class.name in page
    assert room.learner.name not in page
    assert not pictures_on(page)
    assert "8号球" in main_of(city, LIST)


def test_the_second_try_draws_the_same_and_says_so(room: Classroom, city: Client, clock: HandClock) -> None:
    classmates(room, clock, 6)
    first = drawn(city, clock, size=3)
    clock.advance(60_000)
    second = drawn(city, clock, size=3, seed="8号球 ")
    page = main_of(city, second)
    assert "与那次相同" in page
    assert first in page
    names = [list(each.drawn.order_by("ordinal").values_list("enrolment", flat=True)) for each in Draw.objects.all()]
    assert names[0] == names[1]


def test_pictures_are_shown_for_one_reason_that_is_recorded(room: Classroom, city: Client, clock: HandClock) -> None:
    address = drawn(city, clock)
    refused = city.post(f"{address}pictures/", {})
    assert refused.status_code == 400
    assert not pictures_on(refused.content.decode())
    assert not AuditEntry.objects.filter(action="face.pictures_shown").exists()
    page = city.post(f"{address}pictures/", {"why": "report"}).content.decode()
    found = pictures_on(page)
    assert len(found) >= 2
    about = AuditEntry.objects.filter(action="face.pictures_shown")
    assert about.filter(object_kind="account", object_id=str(room.learner.pk)).count() == 1
    assert about.filter(object_kind="face_attempt").count() == 2
    sent = city.get(found[0])
    assert sent.content == PICTURE
    assert sent["Content-Type"] == "image/jpeg"


def test_a_picture_s_address_is_good_for_one_person_for_five_minutes(
    room: Classroom, city: Client, clock: HandClock
) -> None:
    address = drawn(city, clock)
    (first, *_) = pictures_on(city.post(f"{address}pictures/", {"why": "check"}).content.decode())
    assert supervisor("44", clock).get(first).status_code == 404
    assert city.get(first[:-2] + "xx/").status_code == 404
    clock.advance(301_000)
    assert city.get(first).status_code == 404


def test_others_see_neither_samples_nor_pictures(
    room: Classroom, city: Client, head: Client, learner: Client, clock: HandClock
) -> None:
    address = drawn(city, clock)
    for client, status in (
        (supervisor("4403", clock), 404),
        (supervisor("440104", clock), 404),
        (head, 403),
        (learner, 403),
    ):
        for path in (address, f"{address}population.txt", f"{address}sample.pdf"):
            assert client.get(path).status_code == status, path
        assert client.post(f"{address}pictures/", {"why": "check"}).status_code == status
        assert client.post(f"{address}1/", {"word": "fine", "after": 0}).status_code == status
    assert not AuditEntry.objects.filter(action__in=("face.pictures_shown", "sample.fine")).exists()


def test_a_forged_scope_is_refused_and_nothing_is_kept(room: Classroom, clock: HandClock) -> None:
    elsewhere = supervisor("4403", clock)
    for forged in ({"region": "4401"}, {"region": "4403", "institution": room.institution.pk}):
        assert elsewhere.post(f"{LIST}draw/", asked(clock, **forged)).status_code == 400
    assert not Draw.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": "  "},
        {"seed": "x\u200by"},
        {"named_by": ""},
        {"size": 31},
        {"last_day": "2027-01-01"},
        {"first_day": "2026-10-01"},
        {"first_day": "x"},
        {"first_day": "0001-01-01", "last_day": "0001-01-05"},
        {"training_class": "9999999"},
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(city: Client, clock: HandClock, wrong: dict[str, object]) -> None:
    response = city.post(f"{LIST}draw/", asked(clock, **{"seed": "记住我", "named_by": "老李", **wrong}))
    assert response.status_code == 400
    kept = "老李" if "named_by" not in wrong else "记住我"
    assert f'value="{kept}"' in response.content.decode()


def test_nobody_to_draw_is_said(city: Client, clock: HandClock) -> None:
    days = {"first_day": "2026-11-01", "last_day": "2026-11-03"}
    response = city.post(f"{LIST}draw/", asked(clock, **days))
    assert response.status_code == 400
    assert "没有人开始学习" in response.content.decode()


def test_words_are_kept_and_a_stale_form_changes_nothing(city: Client, clock: HandClock) -> None:
    address = drawn(city, clock)
    assert city.post(f"{address}1/", {"word": "look_closer", "after": 0}).status_code == 302
    stale = city.post(f"{address}1/", {"word": "fine", "after": 0})
    assert stale.status_code == 409
    assert city.post(f"{address}1/", {"word": "guilty", "after": 1}).status_code == 400
    assert city.post(f"{address}77/", {"word": "fine", "after": 0}).status_code == 404
    assert [word.word for word in Drawn.objects.get().words.all()] == ["look_closer"]
    assert "需细看" in main_of(city, address)


def test_the_list_and_the_paper_are_given(room: Classroom, city: Client, clock: HandClock) -> None:
    address = drawn(city, clock)
    assert city.get(f"{address}population.txt").content.decode() == f"{room.enrolment.aid}\n"
    paper = city.get(f"{address}sample.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="sample.printed").count() == 1
