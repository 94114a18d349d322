"""Who asks for deletion is restricted at once, sees everything, and may take it back (clause M2)."""

import json

import pytest
from django.test import Client

from jiangxue.accounts.models import DeletionRequest
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.rating.models import CourseRating
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.ratings import another, finished, rated
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("M2")
HERE = "/learn/my-data/"
DELETION = f"{HERE}deletion/"


def _ask(client: Client) -> None:
    assert client.post(DELETION, {"said": "ask", "understood": "yes"}).status_code == 302


def test_deletion_is_explained_and_asked_once(room: Classroom, learner: Client) -> None:
    page = main_of(learner, DELETION)
    for said in ("至少到 2032-06-30", "限制处理", "checkbox"):
        assert said in page
    assert "checked" not in page
    unconfirmed = learner.post(DELETION, {"said": "ask"})
    assert unconfirmed.status_code == 400
    assert "请先勾选这一项" in main_in(unconfirmed.content.decode())
    assert not DeletionRequest.objects.exists()
    _ask(learner)
    assert learner.post(DELETION, {"said": "ask", "understood": "yes"}).status_code == 409
    assert DeletionRequest.objects.count() == 1


def test_who_asked_for_deletion_sees_everything_and_records_nothing_new(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    finished(room.enrolment, clock.now())
    lesson = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/"
    Page(post_through(learner), f"{lesson}open/").open()
    _ask(learner)
    assert StudySession.objects.get().end_reason == "by_learner"
    for path in ("/learn/", lesson, f"/learn/classes/{room.training_class.pk}/", f"{lesson}test/"):
        assert "您已申请删除，不再记录新的学习" in main_of(learner, path, 403)
    body = {"window": "1" * 32, "take_over": True}
    opened = learner.post(f"{lesson}open/", body, content_type="application/json")
    assert opened.status_code == 403
    assert "请先在「我的个人信息」里撤回申请" in opened.json()["message"]
    rating = learner.post(f"/learn/classes/{room.training_class.pk}/rating/", {"stars": "4", "comment": "讲得清楚"})
    assert rating.status_code == 403
    assert "讲得清楚" in main_in(rating.content.decode())
    assert not CourseRating.objects.exists()
    for path in (HERE, "/learn/records/", "/learn/consents/", "/profile/"):
        assert learner.get(path).status_code == 200
    assert json.loads(learner.post(f"{HERE}copy/").content)["删除申请"]


def test_signing_in_and_taking_it_back_is_enough(room: Classroom, learner: Client) -> None:
    _ask(learner)
    again = Client()
    again.post("/sign-in/", {"identifier": room.learner.login_name, "password": people.PASSWORD})
    assert again.post(DELETION, {"said": "withdraw"}).status_code == 302
    assert again.get("/learn/").status_code == 200
    assert again.post(DELETION, {"said": "withdraw"}).status_code == 409
    assert again.post(DELETION, {"said": "something"}).status_code == 400


def test_staff_see_that_processing_is_restricted_instead_of_a_name(
    room: Classroom, learner: Client, head: Client, clock: HandClock
) -> None:
    lesson = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    Page(post_through(learner), lesson).open()
    clock.advance(40_000)
    _ask(learner)
    day = f"days/{room.enrolment.pk}/2026-11-24/"
    for path in ("", "days/", day, f"archives/{room.enrolment.pk}/", f"learners/{room.enrolment.pk}/"):
        page = main_of(head, f"/institution/classes/{room.training_class.pk}/{path}")
        assert "已限制处理" in page, path
        assert "李**" not in page, path
    assert "已限制处理" not in main_of(head, f"/institution/classes/{room.training_class.pk}/?q=李")
    reveal = f"learners/{room.enrolment.pk}/reveal/"
    assert head.post(f"/institution/classes/{room.training_class.pk}/{reveal}", {"why": "check"}).status_code == 403
    authority = supervisor("4401", clock)
    shown = authority.post(f"/region/classes/{room.training_class.pk}/{reveal}", {"why": "report"})
    assert "李小明" in main_in(shown.content.decode())


def test_comments_of_who_asked_for_deletion_are_shown_to_nobody(
    room: Classroom, clock: HandClock, client: Client
) -> None:
    place = another(room.training_class, clock.now(), name="赵强")
    rated(place, clock.now(), 2, "实操太少")
    _ask(client_of(place.learner))
    assert "实操太少" not in main_of(client, f"/courses/{room.training_class.course_id}/")
    staff = main_of(client_of(room.head_teacher), f"/institution/classes/{room.training_class.pk}/ratings/")
    assert "赵" not in staff
