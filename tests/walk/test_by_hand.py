"""What no form and no list of addresses says: tickets, portions of files, bodies of JSON, codes on a screen, pictures and sockets of others."""

import json
import re
from collections.abc import Mapping

import pytest

from jiangxue.accounts import access
from jiangxue.attendance.rules.codes import Side as Sign
from jiangxue.attendance.services.signing import code_to_show
from jiangxue.enrolment.models import PlanItem
from jiangxue.kernel.clock import HandClock, to_ms
from tests.walk.addresses import NOBODYS_ID
from tests.walk.answers import Answer, nobody, walker
from tests.walk.attack import Attack, outsider
from tests.walk.rows import rows_written, undone
from tests.walk.world import World

pytestmark = pytest.mark.clause("M3")
TUS = {"Tus-Resumable": "1.0.0"}
_NOBODYS = NOBODYS_ID.replace("-", "")


@pytest.mark.parametrize("who", ["learner", "administrator", "editor", "reviewer", "officer"])
def test_the_ticket_of_a_document_of_others_shows_none_of_its_pages(world: World, who: str) -> None:
    looks, ticket = walker(world.east, who), world.west.keys["ticket"]
    for place in ("pages/0001.webp", "pages/0001.txt", "keys/0"):
        answer = looks.get(f"/media/{ticket}/{place}")
        assert (answer.status, world.west.names.pattern.findall(answer.text)) == (404, []), place


def test_the_reviewer_of_a_document_sees_its_pages(world: World) -> None:
    answer = walker(world.west, "reviewer").get(f"/media/{world.west.keys['ticket']}/pages/0001.txt")
    assert (answer.status, answer.text) == (200, world.west.called("课件"))


def test_nobody_is_given_a_page_or_a_key(world: World) -> None:
    for place in ("pages/0001.webp", "keys/0"):
        assert nobody().get(f"/media/{world.west.keys['ticket']}/{place}").status == 401


def test_a_ticket_cannot_be_made_of_another(world: World) -> None:
    ticket = str(world.west.keys["ticket"]).replace("hupo", "qinghe")
    assert nobody().get(f"/media/{ticket}/pages/0001.txt").status in {401, 404}
    assert nobody().get(f"/media/{ticket}/480p/index.m3u8").status == 403


def _sent(attack: Attack, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send what no form sends; whatever it does is looked at and taken back."""
    with undone():
        kind = headers.get("Content-Type", "application/json")
        response = attack.who.client.generic(method, url, body, kind, headers=dict(headers))
        assert not rows_written(attack.before), url
    return Answer(response.status_code, "", response.content.decode("utf-8", "replace"))


@pytest.mark.parametrize(("method", "offset"), [("HEAD", ""), ("PATCH", "0"), ("DELETE", ""), ("OPTIONS", "")])
def test_a_file_of_others_takes_no_portion_and_tells_nothing(world: World, method: str, offset: str) -> None:
    headers = {**TUS, "Content-Type": "application/offset+octet-stream"} | ({"Upload-Offset": offset} if offset else {})
    theirs = world.west.keys["institution:upload:upload_id"]
    for course in (world.west.keys["course_id"], world.east.keys["course_id"]):
        urls = [f"/institution/courses/{course}/uploads/{each}/" for each in (theirs, NOBODYS_ID)]
        answers = [_sent(outsider(world, "editor"), method, url, b"0" * 30, headers) for url in urls]
        assert answers[0] == answers[1]
        assert answers[0].status == 404


def test_no_file_is_announced_to_a_course_of_others(world: World) -> None:
    headers = {**TUS, "Upload-Length": "30", "Upload-Metadata": "filename YS5wZGY="}
    courses = (world.west.keys["course_id"], 987_654_321)
    urls = [f"/institution/courses/{course}/uploads/" for course in courses]
    answers = [_sent(outsider(world, "editor"), "POST", url, b"", headers) for url in urls]
    assert answers[0] == answers[1]
    assert answers[0].status == 404


def test_a_lesson_of_others_is_not_opened(world: World) -> None:
    body = json.dumps({"window": "0" * 32, "take_over": True}).encode()
    east, west = world.east.keys, world.west.keys
    for class_id, lesson_id in (
        (west["class_id"], west["lesson_id"]),
        (east["class_id"], west["lesson_id"]),
        (west["class_id"], east["lesson_id"]),
        (987_654_321, 987_654_321),
    ):
        url = f"/learn/classes/{class_id}/lessons/{lesson_id}/open/"
        assert _sent(outsider(world, "learner"), "POST", url, body, {}).status == 404, url


@pytest.mark.parametrize(
    ("url", "more"),
    [
        ("/learn/check/answer/", {"nonce": "0" * 16, "choice": 0, "reaction_ms": 900}),
        ("/learn/check/face/begin/", {}),
        ("/learn/check/face/result/", {}),
        ("/learn/check/face/unavailable/", {"why": "no_camera"}),
    ],
)
def test_a_check_of_others_is_like_none(world: World, url: str, more: dict[str, object]) -> None:
    theirs = str(world.west.keys["check_id"]).replace("-", "")
    bodies = [json.dumps({"check": each, **more}).encode() for each in (theirs, _NOBODYS)]
    answers = [_sent(outsider(world, "learner"), "POST", url, body, {}) for body in bodies]
    assert answers[0] == answers[1]
    assert answers[0].status >= 400


def test_a_code_that_was_shown_to_others_signs_nobody_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    item = PlanItem.objects.select_related("training_class").get(pk=world.west.keys["institution:change_item:item_id"])
    monkeypatch.setattr(access, "CLOCK", HandClock(item.starts_at))
    code = code_to_show(world.west.viewer("teacher"), item, Sign.IN, to_ms(item.starts_at))
    looks = walker(world.east, "learner")
    with undone():
        assert looks.client.get(f"/learn/attend/{item.pk}/in/{code}/").status_code == 302
        for response in (looks.client.get("/learn/attend/"), looks.client.post("/learn/attend/")):
            assert response.status_code == 403
            assert not world.west.names.pattern.findall(response.content.decode())
        assert not rows_written(world.rows)


_PICTURE = re.compile(r'src="(/[a-z]+/(?:faces|samples|enrolled-faces)/picture/[^"]+)"')


@pytest.mark.parametrize(
    ("who", "strangers", "url"),
    [
        ("head", ("head", "administrator"), "/institution/faces/{check_id}/pictures/"),
        ("head", ("head", "administrator"), "/institution/classes/{class_id}/enrolled-faces/look/"),
        ("officer", ("officer",), "/region/faces/{check_id}/pictures/"),
        ("officer", ("officer",), "/region/samples/{draw_id}/pictures/"),
    ],
)
def test_the_address_of_a_picture_is_for_whom_it_was_made(
    world: World, who: str, strangers: tuple[str, ...], url: str
) -> None:
    page = walker(world.west, who).look(url.format(**world.west.keys), {"why": "check", "detail": "复核"})
    found = _PICTURE.findall(page.text)
    assert found, page.status
    assert walker(world.west, who).get(found[0]).status == 200
    for looks in (*(walker(world.east, each) for each in strangers), walker(world.west, "chief"), nobody()):
        assert looks.get(found[0]).status in {302, 403, 404}, looks.name
