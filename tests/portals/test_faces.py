"""Pages on which a learner chooses how they are confirmed, enrols a face and answers a face check (clauses T3.2, M2)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.audit.models import AuditEntry
from jiangxue.facecheck.models import EnrolledPicture, FaceAttempt, FaceTemplate
from jiangxue.facecheck.queries.ways import Way, way_of
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check
from tests.factories.classes import Classroom, classroom
from tests.factories.facing import PICTURE, agrees, asked_by_the_first_text, came_to, chooses_staff, enrolled
from tests.factories.learning import opened
from tests.factories.policies import set_rule
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("T3.2", "M2")
JSON = "application/json"


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    made = classroom(clock.now(), lesson_ms=3_600_000)
    set_rule(made, clock.now() - timedelta(days=1), face_checks=1)
    return made


@pytest.fixture
def learner(room: Classroom) -> Client:
    return client_of(room.learner)


@pytest.fixture
def check(room: Classroom, learner: Client, clock: HandClock) -> str:
    """Let the learner have enrolled and be asked for their face."""
    enrolled(room.learner, clock.now())
    opened(room, clock)
    return learner.post("/learn/check/show/").json()["prompt"]["check"]


def posted(client: Client, address: str, **body: str) -> tuple[int, dict[str, object]]:
    response = client.post(address, body, content_type=JSON)
    return response.status_code, response.json()


def test_both_ways_are_offered_with_the_text_that_says_that_pictures_leave_the_device(learner: Client) -> None:
    page = main_of(learner, "/learn/face/")
    assert "同意并登记人脸" in page
    assert "选择人工核验" in page
    assert "离开您的手机或电脑" in page
    assert "checked" not in page


def test_agreeing_is_kept_and_leads_to_the_enrolment(room: Classroom, learner: Client) -> None:
    answer = learner.post("/learn/face/", {"way": "face", "version": "2", "next": "/learn/"})
    assert answer["Location"] == "/learn/face/enrol/?next=%2Flearn%2F"
    assert has_agreed(room.learner.pk, Purpose.FACE)
    page = main_of(learner, "/learn/face/")
    assert "离开您的手机或电脑" in page
    assert "选择后即撤回同意" in page


def test_choosing_staff_is_kept_and_nobody_is_kept_from_learning(room: Classroom, learner: Client) -> None:
    assert learner.post("/learn/face/", {"way": "supervised", "version": "2"})["Location"] == "/learn/"
    assert way_of(room.learner.pk) is Way.SUPERVISED
    assert "已选择人工核验。开始学习前，请先告诉班主任。" in learner.get("/learn/").content.decode()


def test_an_older_text_is_read_again_and_nothing_is_kept(room: Classroom, learner: Client) -> None:
    answer = learner.post("/learn/face/", {"way": "face", "version": "7"})
    assert (answer.status_code, has_agreed(room.learner.pk, Purpose.FACE)) == (409, False)
    assert "内容已更新" in answer.content.decode() or "变" in answer.content.decode()


@pytest.mark.parametrize("said", [{}, {"way": "both", "version": "2"}, {"way": "face", "version": "x"}])
def test_nonsense_is_not_heard(room: Classroom, learner: Client, said: dict[str, str]) -> None:
    assert learner.post("/learn/face/", said).status_code == 400
    assert way_of(room.learner.pk) is Way.UNCHOSEN


def test_choosing_staff_later_deletes_template_and_pictures_at_once(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    enrolled(room.learner, clock.now())
    learner.post("/learn/face/", {"way": "supervised", "version": "2"})
    assert not FaceTemplate.objects.exists()
    assert not EnrolledPicture.objects.exists()
    assert AuditEntry.objects.filter(action="face.forgotten").count() == 1
    assert "已保存的人脸数据已删除" in learner.get("/learn/").content.decode()


@pytest.fixture
def enrolled_before(room: Classroom, clock: HandClock) -> None:
    """Let the learner have agreed to the first text, and have enrolled."""
    with asked_by_the_first_text():
        enrolled(room.learner, clock.now())


def test_who_agreed_to_an_older_text_is_asked_again_and_keeps_the_face(
    enrolled_before: None, room: Classroom, learner: Client
) -> None:
    lesson = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/"
    assert learner.get(lesson).url.startswith("/learn/face/?next=")
    page = main_of(learner, "/learn/face/")
    assert "同意书内容比您" in page
    assert "同意，人脸已登记" in page
    assert "选择后即撤回同意" in page
    answer = learner.post("/learn/face/", {"way": "face", "version": "2", "next": lesson})
    assert (answer.url, way_of(room.learner.pk)) == (lesson, Way.FACE)
    assert learner.get(lesson).status_code == 200


def test_who_agreed_to_an_older_text_and_chooses_staff_is_told_that_it_is_deleted(
    enrolled_before: None, room: Classroom, learner: Client
) -> None:
    learner.post("/learn/face/", {"way": "supervised", "version": "2"})
    assert not FaceTemplate.objects.exists()
    assert "已保存的人脸数据已删除" in learner.get("/learn/").content.decode()


def test_nobody_enrols_without_having_agreed(learner: Client) -> None:
    assert learner.get("/learn/face/enrol/")["Location"] == "/learn/face/"
    status, told = posted(learner, "/learn/face/begin/", purpose="enrol")
    assert (status, told["error"], told["url"]) == (409, "no_consent", "/learn/face/")


def test_a_ticket_is_given_to_whoever_has_agreed(room: Classroom, learner: Client, clock: HandClock) -> None:
    agrees(room.learner, clock.now())
    status, told = posted(learner, "/learn/face/begin/", purpose="enrol")
    assert (status, told["socket"], told["left_ms"]) == (200, "/face/socket", 60_000)
    attempt = FaceAttempt.objects.get()
    assert attempt.bound["archives"] == [room.enrolment.aid.hex]
    assert str(told["ticket"]) not in str(attempt.__dict__)


def test_nobody_enrols_twice(room: Classroom, learner: Client, clock: HandClock) -> None:
    enrolled(room.learner, clock.now())
    assert learner.get("/learn/face/enrol/")["Location"] == "/learn/face/"
    assert posted(learner, "/learn/face/begin/", purpose="enrol")[1]["error"] == "already_enrolled"


def test_a_device_is_tried_by_whoever_has_agreed(room: Classroom, learner: Client, clock: HandClock) -> None:
    agrees(room.learner, clock.now())
    assert learner.get("/learn/face/device/").status_code == 200
    assert posted(learner, "/learn/face/begin/", purpose="trial")[0] == 200


def test_nobody_looks_at_the_face_of_whoever_has_not_agreed_not_even_to_try_a_device(learner: Client) -> None:
    assert learner.get("/learn/face/device/")["Location"] == "/learn/face/"
    assert posted(learner, "/learn/face/begin/", purpose="trial")[1]["error"] == "no_consent"


@pytest.mark.parametrize("body", ["", "{}", '{"purpose": "check"}', '{"purpose": "enrol", "more": 1}', "[]", "\xff"])
def test_what_is_no_wish_to_begin_is_400(learner: Client, body: str) -> None:
    assert learner.post("/learn/face/begin/", body, content_type=JSON).status_code == 400


def test_who_has_not_chosen_is_told_so_at_the_opening(room: Classroom, learner: Client) -> None:
    address = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    answer = learner.post(address, {"window": "0" * 32, "take_over": False}, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]) == (403, "no_way_chosen")


def test_an_open_face_check_is_a_page_of_its_own_too(learner: Client, check: str) -> None:
    page = main_of(learner, "/learn/check/")
    assert f'data-check="{check}"' in page
    assert 'data-purpose="check"' in page
    assert re.search(r"请在 \d\d:\d\d:\d\d 前完成。", page)


def test_a_passed_face_settles_the_check(room: Classroom, learner: Client, check: str, clock: HandClock) -> None:
    assert posted(learner, "/learn/check/face/begin/", check=check)[0] == 200
    came_to(room.learner, AttemptOutcome.PASSED, clock.now())
    status, told = posted(learner, "/learn/check/face/result/", check=check, attempt="0" * 32)
    assert (status, told["outcome"], told["credited_ms"]) == (200, "passed", 0)
    again = posted(learner, "/learn/check/face/result/", check=check, attempt="0" * 32)
    assert again[1]["outcome"] == "passed"


def test_another_attempt_and_then_the_page_that_explains(
    room: Classroom, learner: Client, check: str, clock: HandClock
) -> None:
    for left in (2, 1):
        posted(learner, "/learn/check/face/begin/", check=check)
        came_to(room.learner, AttemptOutcome.AGAIN, clock.now())
        told = posted(learner, "/learn/check/face/result/", check=check)[1]
        assert told == {"outcome": "again", "attempts_left": left, "step_up": False}
    posted(learner, "/learn/check/face/begin/", check=check)
    came_to(room.learner, AttemptOutcome.AGAIN, clock.now())
    told = posted(learner, "/learn/check/face/result/", check=check)[1]
    assert told["outcome"] == "unclear"
    assert str(told["url"]).startswith("/learn/sessions/")
    assert learner.get(str(told["url"])).status_code == 200


def test_a_check_is_put_off_where_there_is_no_camera(learner: Client, check: str) -> None:
    status, told = posted(learner, "/learn/check/face/unavailable/", check=check, why="no_camera")
    assert (status, told["outcome"]) == (200, "unavailable")
    assert Check.objects.get().unavailable_why == "no_camera"


@pytest.mark.parametrize("address", ["begin", "result", "unavailable"])
def test_the_check_of_another_person_is_none(learner: Client, check: str, clock: HandClock, address: str) -> None:
    other = classroom(clock.now())
    enrolled(other.learner, clock.now())
    status, told = posted(
        client_of(other.learner),
        f"/learn/check/face/{address}/",
        check=check,
        **({"why": "denied"} if address == "unavailable" else {}),
    )
    assert (status, told["error"]) == (409, "no_open_check")


def test_staff_show_no_face(room: Classroom, check: str) -> None:
    teacher = client_of(room.head_teacher)
    for address in ("/learn/face/", "/learn/face/device/"):
        assert teacher.get(address).status_code == 403
    assert teacher.post("/learn/check/face/begin/", {"check": check}, content_type=JSON).status_code == 403


def test_no_page_of_the_learner_gives_a_picture_back(
    room: Classroom, learner: Client, check: str, clock: HandClock
) -> None:
    posted(learner, "/learn/check/face/begin/", check=check)
    came_to(room.learner, AttemptOutcome.PASSED, clock.now())
    posted(learner, "/learn/check/face/result/", check=check)
    attempt = FaceAttempt.objects.get(check_id__isnull=False)
    picture = attempt.pictures.get()
    for address in ("/learn/", "/learn/face/", "/learn/my-data/", "/learn/my-data/copy/", "/learn/records/"):
        body = learner.get(address).content
        assert PICTURE not in body
        assert picture.pk.hex.encode() not in body


def test_who_chose_staff_is_not_asked_for_a_camera(room: Classroom, learner: Client, clock: HandClock) -> None:
    chooses_staff(room.learner, clock.now())
    opened(room, clock)
    prompt = learner.post("/learn/check/show/").json()["prompt"]
    assert prompt["kind"] != "face"
    assert len(prompt["options"]) > 1
