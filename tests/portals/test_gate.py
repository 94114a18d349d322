"""The gate before keys and pages: what was earned and a little ahead, for those who learn the lesson (clauses T2.3, M3)."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxue.courseware.models import Media
from jiangxue.courseware.rules.stretches import film_key, stretch_key
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import LessonProgress
from jiangxue.portals.media.tickets import media_url
from tests.conftest import MORNING
from tests.factories import classes, people
from tests.factories.classes import Classroom, classroom
from tests.factories.questions import editor
from tests.portals.clients import client_of, supervisor

KEY_NAME = "a" * 32
STRETCHES = 8
PAGES = 40
MOST_QUERIES = 11


@pytest.fixture
def film(room: Classroom) -> Media:
    """Lock the room's first lesson, a film of eight minutes."""
    Media.objects.filter(pk=room.lessons[0].media_id).update(key_name=KEY_NAME, length_ms=STRETCHES * 60_000)
    return Media.objects.get(pk=room.lessons[0].media_id)


@pytest.fixture
def document(room: Classroom, own_storage: Path) -> Media:
    """Let the room's second lesson be a document of 40 pages."""
    media = Media.objects.filter(pk=room.lessons[1].media_id)
    media.update(kind="document", length_ms=0, page_sizes=[[1280, 720]] * PAGES)
    pages = own_storage / media.get().folder / "pages"
    pages.mkdir(parents=True)
    for number in range(1, PAGES + 1):
        (pages / f"{number:04}.webp").write_bytes(b"picture")
        (pages / f"{number:04}.txt").write_text("words")
    return media.get()


def statuses(client: Client, media: Media, names: list[str]) -> list[int]:
    return [client.get(media_url(media.folder, name)).status_code for name in names]


def keys(*stretches: int) -> list[str]:
    return [f"keys/{stretch}" for stretch in stretches]


def pages(*numbers: int, ending: str = "webp") -> list[str]:
    return [f"pages/{number:04}.{ending}" for number in numbers]


def reach(room: Classroom, lesson: int, reached_ms: int) -> None:
    LessonProgress.objects.update_or_create(
        enrolment=room.enrolment,
        lesson=room.lessons[lesson],
        defaults={"reached_ms": reached_ms, "updated_at": MORNING},
    )


@pytest.mark.clause("T2.3")
def test_keys_are_handed_out_as_far_as_was_earned_and_a_little_ahead(
    film: Media, room: Classroom, learner: Client
) -> None:
    assert statuses(learner, film, keys(0, 3, 4, 7, STRETCHES)) == [200, 200, 403, 403, 404]
    reach(room, 0, 60_000)
    assert statuses(learner, film, keys(4, 5)) == [200, 403]


def test_the_key_is_that_of_the_stretch(film: Media, learner: Client) -> None:
    expected = stretch_key(film_key(settings.MEDIA_MASTER_KEY, KEY_NAME), 2)
    assert learner.get(media_url(film.folder, "keys/2")).content == expected


@pytest.mark.clause("T2.3")
@pytest.mark.parametrize("ending", ["webp", "txt"])
def test_pages_are_handed_out_as_far_as_was_earned_and_a_little_ahead(
    document: Media, room: Classroom, learner: Client, ending: str
) -> None:
    wanted = pages(1, 6, 7, PAGES, PAGES + 1, ending=ending)
    assert statuses(learner, document, wanted) == [200, 200, 403, 403, 404]
    reach(room, 1, 20_000)
    assert statuses(learner, document, pages(7, 8, ending=ending)) == [200, 403]


def test_a_refusal_is_told_apart_from_a_ticket_that_is_too_old(document: Media, learner: Client) -> None:
    assert learner.get(media_url(document.folder, pages(7)[0])).json() == {"error": "not_released"}


@pytest.mark.clause("T2.3", "M3")
def test_whoever_is_not_signed_in_is_told_so_and_led_nowhere(film: Media, document: Media) -> None:
    assert statuses(Client(), film, keys(0)) + statuses(Client(), document, pages(1)) == [401, 401]


@pytest.mark.clause("T2.3", "M3")
@pytest.mark.parametrize(
    "name", ["pages//0040.webp", "pages/./0040.webp", "./pages/0040.webp", "pages/../pages/0040.txt"]
)
def test_a_page_in_another_spelling_does_not_pass_by_the_gate(document: Media, name: str) -> None:
    address = media_url(document.folder, "NAME").replace("NAME", name)
    assert Client().get(address).status_code == 404


@pytest.mark.clause("T2.3", "M3")
def test_a_ticket_opens_nothing_for_learners_and_staff_of_elsewhere(
    film: Media, document: Media, clock: HandClock
) -> None:
    elsewhere = classroom(clock.now())
    for stranger in (elsewhere.learner, people.account(now=clock.now()), editor(elsewhere.institution, clock.now())):
        client = client_of(stranger)
        assert statuses(client, film, keys(0)) + statuses(client, document, pages(1)) == [404, 404]


def test_the_staff_of_the_institution_see_all_of_it(film: Media, document: Media, room: Classroom) -> None:
    staff = client_of(room.head_teacher)
    assert statuses(staff, film, keys(7)) + statuses(staff, document, pages(PAGES)) == [200, 200]


@pytest.mark.clause("C5")
def test_reviewers_and_supervisors_of_the_region_see_what_was_handed_in_and_nobody_else(
    film: Media, document: Media, room: Classroom, clock: HandClock
) -> None:
    everything = client_of(people.account((Role.REVIEWER, None), now=clock.now()))
    own = client_of(people.account((Role.REVIEWER, room.institution.pk), now=clock.now()))
    others = client_of(people.account((Role.REVIEWER, classes.institution().pk), now=clock.now()))
    lookers = {"platform": everything, "own": own, "city": supervisor("4401", clock)}
    strangers = {"other school": others, "other city": supervisor("4403", clock)}
    both = {
        name: statuses(browser, film, keys(7)) + statuses(browser, document, pages(PAGES))
        for name, browser in (lookers | strangers).items()
    }
    assert both == {name: [200 if name in lookers else 404] * 2 for name in both}


def test_neither_keys_nor_pages_are_kept_by_a_browser_or_on_the_way(
    film: Media, document: Media, learner: Client
) -> None:
    for media, name in ((film, "keys/0"), (document, "pages/0001.webp")):
        assert "no-store" in learner.get(media_url(media.folder, name))["Cache-Control"]


def test_a_key_and_a_page_ask_little_of_the_database(film: Media, document: Media, learner: Client) -> None:
    for media, name in ((film, "keys/0"), (document, "pages/0001.webp")):
        with CaptureQueriesContext(connection) as asked:
            assert learner.get(media_url(media.folder, name)).status_code == 200
        assert len(asked) <= MOST_QUERIES, [each["sql"][:200] for each in asked]


@pytest.mark.clause("T2.3", "M3")
def test_a_ticket_opens_nothing_any_more_for_who_has_left_the_class(
    film: Media, document: Media, room: Classroom, learner: Client
) -> None:
    assert statuses(learner, film, keys(0)) + statuses(learner, document, pages(1)) == [200, 200]
    Enrolment.objects.filter(pk=room.enrolment.pk).update(left_at=MORNING)
    assert statuses(learner, film, keys(0)) + statuses(learner, document, pages(1)) == [404, 404]


@pytest.mark.clause("M3")
def test_words_of_a_page_are_sent_as_words_and_never_as_a_page_of_ours(
    document: Media, learner: Client, own_storage: Path
) -> None:
    (own_storage / document.folder / "pages" / "0001.txt").write_text("<script>alert(1)</script>")
    answer = learner.get(media_url(document.folder, "pages/0001.txt"))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.clause("M3")
@pytest.mark.parametrize(
    "name", ["package.json", "document.json", "content.sha256", ".clear/00000.ts", "720p/.hidden.ts"]
)
def test_a_ticket_opens_no_record_of_a_folder(document: Media, learner: Client, own_storage: Path, name: str) -> None:
    path = own_storage / document.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("ours")
    assert statuses(learner, document, [name]) == [404]
