"""What is arranged for a learner's face checks, on the pages of staff and of the learner (clauses T3.2, M6)."""

import pytest
from django.test import Client

from jiangxue.facecheck.models import FaceAllowance
from jiangxue.facecheck.queries.allowances import allowance_of
from jiangxue.facecheck.rules.allowances import Allowance
from jiangxue.kernel.clock import HandClock
from tests.factories.classes import Classroom, classroom
from tests.factories.facing import agrees
from tests.factories.identity import allowance
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("T3.2", "M6")
WHY = "本人说明，看过相关证明"
BOTH = {"without_flash": "on", "more_time": "on", "why": WHY, "after": "0"}


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def address(room: Classroom) -> str:
    """Return the address of who the learner is."""
    return f"/institution/classes/{room.training_class.pk}/learners/{room.enrolment.pk}/"


def test_a_head_teacher_arranges_it_and_the_learner_reads_it(
    room: Classroom, address: str, head: Client, learner: Client
) -> None:
    assert "人脸核验照顾安排" in main_of(head, address)
    assert head.post(f"{address}arrange/", BOTH).url == address
    assert "安排人脸核验照顾：免颜色变化、动作放宽时间" in main_of(head, address)
    assert "您的人脸核验已作安排：免颜色变化、动作放宽时间。" in main_of(learner, "/learn/face/")


def test_an_administrator_takes_it_back(
    room: Classroom, address: str, head: Client, second: Client, learner: Client
) -> None:
    head.post(f"{address}arrange/", BOTH)
    assert second.post(f"{address}arrange/", {"why": "本人要求恢复", "after": "1"}).url == address
    assert "撤销人脸核验照顾安排" in main_of(head, address)
    assert allowance_of(room.learner.pk) == Allowance()
    assert "您的人脸核验已作安排" not in main_of(learner, "/learn/face/")


@pytest.mark.parametrize("why", ["", "……", "因" * 201])
def test_what_lacks_a_reason_is_refused_and_what_was_chosen_stays(
    room: Classroom, address: str, head: Client, why: str
) -> None:
    response = head.post(f"{address}arrange/", {**BOTH, "why": why})
    page = main_in(response.content.decode())
    assert (response.status_code, page.count("checked")) == (400, 2)
    assert not FaceAllowance.objects.exists()


def test_what_holds_already_is_said_and_not_recorded_again(address: str, head: Client) -> None:
    response = head.post(f"{address}arrange/", {"why": WHY, "after": "0"})
    assert response.status_code == 409
    assert "与现有安排相同，没有改动。" in response.content.decode()


def test_others_see_it_and_arrange_nothing(room: Classroom, address: str, clock: HandClock) -> None:
    allowance(room.learner, room.head_teacher, clock.now())
    watching = supervisor(room.institution.region_id, clock)
    seen = main_of(watching, address.replace("/institution/", "/region/"))
    assert "免颜色变化" in seen
    assert "/arrange/" not in seen
    assert watching.post(f"{address}arrange/", BOTH).status_code == 403
    assert client_of(room.learner).post(f"{address}arrange/", BOTH).status_code == 403


def test_whoever_has_asked_for_deletion_is_let_be(
    room: Classroom, address: str, head: Client, clock: HandClock
) -> None:
    room.learner.restricted_at = clock.now()
    room.learner.save(update_fields=["restricted_at"])
    assert "照顾安排" not in main_of(head, address)
    assert head.post(f"{address}arrange/", BOTH).status_code == 403


def test_the_learner_is_told_whom_to_ask(room: Classroom, learner: Client) -> None:
    assert "请先告诉班主任：可以免颜色变化、放宽动作时间。" in main_of(learner, "/learn/face/")


def test_the_check_itself_knows_that_there_are_no_colours(room: Classroom, learner: Client, clock: HandClock) -> None:
    agrees(room.learner, clock.now())
    assert 'data-without-flash=""' in main_of(learner, "/learn/face/enrol/")
    allowance(room.learner, room.head_teacher, clock.now())
    assert 'data-without-flash="yes"' in main_of(learner, "/learn/face/enrol/")


def test_an_older_form_replaces_no_newer_word(room: Classroom, address: str, head: Client, second: Client) -> None:
    head.post(f"{address}arrange/", BOTH)
    stale = second.post(f"{address}arrange/", {"more_time": "on", "why": WHY, "after": "0"})
    assert stale.status_code == 409
    assert "下面是现在的安排" in stale.content.decode()
    assert 'name="after" value="1"' in stale.content.decode()
    assert WHY in stale.content.decode(), "the reason that was typed stays"
    assert FaceAllowance.objects.count() == 1
    assert allowance_of(room.learner.pk) == Allowance(without_flash=True, more_time=True)
    for forged in ("", "-1", "x"):
        assert second.post(f"{address}arrange/", {**BOTH, "after": forged}).status_code == 400


def test_of_a_learner_who_left_meanwhile_nothing_is_arranged(
    room: Classroom, address: str, head: Client, clock: HandClock
) -> None:
    room.enrolment.left_at = clock.now()
    room.enrolment.save(update_fields=["left_at"])
    assert head.post(f"{address}arrange/", BOTH).status_code == 403
    assert not FaceAllowance.objects.exists()
