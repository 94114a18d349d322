"""What learners see of face checks: why one was due, what came of it, and what to do; never an accusation (clauses T2.1, T3.2, M2, M6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.services.consents import withdraw_consent
from jiangxue.audit.services import Actor
from jiangxue.facecheck.models import FaceTemplate
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.learning.services.answering import show_check
from jiangxue.learning.services.facing import Why, begin_face, hear_face, put_off_face
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import compared
from tests.factories.face_cases import head
from tests.factories.facing import came_to, enrolled
from tests.factories.learning import opened, watched
from tests.factories.policies import set_rule
from tests.portals.clients import client_of, main_in, main_of

pytestmark = [pytest.mark.clause("T3.2"), pytest.mark.clause("M2")]
LATE = 0.999_999


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000, lessons=1)


@pytest.fixture
def learner(room: Classroom) -> Client:
    return client_of(room.learner)


@pytest.fixture
def checked(room: Classroom, clock: HandClock) -> Classroom:
    """Let the class check faces, its learner has not chosen by which way."""
    set_rule(room, clock.now() - timedelta(days=1), face_checks=1)
    return room


@pytest.fixture
def faced(checked: Classroom, clock: HandClock) -> Classroom:
    enrolled(checked.learner, clock.now(), archives=[checked.enrolment.aid])
    return checked


def lesson_of(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/"


def asked(room: Classroom, clock: HandClock) -> str:
    found = show_check(room.viewer, clock=clock, chance=lambda: LATE)
    assert found is not None
    return found.check


def tried(room: Classroom, clock: HandClock, outcome: AttemptOutcome, chance: Callable[[], float]) -> None:
    check = asked(room, clock)
    begin_face(room.viewer, check, device="电脑 · Chrome", address=None, clock=clock)
    clock.advance(5_000)
    came_to(room.learner, outcome, clock.now())
    hear_face(room.viewer, check, clock=clock, chance=chance)


def ended_by(room: Classroom, clock: HandClock, outcome: AttemptOutcome) -> StudySession:
    """Learn for eight minutes after a passed face, and let the next one come to something else."""
    numbers = iter([LATE, 0.0])
    session = opened(room, clock)
    tried(room, clock, AttemptOutcome.PASSED, lambda: next(numbers))
    watched(session, clock, 16)
    tried(room, clock, outcome, lambda: LATE)
    return session


def test_the_home_page_gently_asks_for_the_way_and_leads_back(checked: Classroom, learner: Client) -> None:
    page = main_of(learner, "/learn/")
    assert "学习前请先选择身份核验方式" in page
    assert 'href="/learn/face/?next=%2Flearn%2F"' in page


def test_nobody_is_asked_where_faces_are_not_checked(room: Classroom, learner: Client) -> None:
    assert "身份核验方式" not in main_of(learner, "/learn/")
    assert learner.get(lesson_of(room)).status_code == 200


def test_a_lesson_of_such_a_class_leads_to_the_ways_and_after_the_choice_back(
    checked: Classroom, learner: Client
) -> None:
    led = learner.get(lesson_of(checked))
    assert led.url.startswith("/learn/face/?next=%2Flearn%2Fclasses%2F")
    page = main_of(learner, led.url)
    wanted = page.split('name="next" value="', 1)[1].split('"', 1)[0]
    assert learner.post("/learn/face/", {"way": "supervised", "version": "2", "next": wanted}).url == lesson_of(checked)
    assert learner.get(lesson_of(checked)).status_code == 200


def test_who_has_enrolled_is_asked_no_more(faced: Classroom, learner: Client) -> None:
    assert "学习前请先选择" not in main_of(learner, "/learn/")
    assert learner.get(lesson_of(faced)).status_code == 200


@pytest.mark.parametrize("way", ["lesson", "/learn/face/device/"])
def test_who_would_rather_be_confirmed_by_staff_comes_back_to_what_they_left(
    faced: Classroom, learner: Client, way: str
) -> None:
    page = main_of(learner, lesson_of(faced) if way == "lesson" else f"{way}?next={lesson_of(faced)}")
    led = page.split('data-part="supervised" href="')[1].split('"')[0]
    assert f'name="next" value="{lesson_of(faced)}"' in main_of(learner, led)


@pytest.mark.clause("M6")
def test_a_failed_check_says_what_it_costs_and_leads_to_a_review(
    faced: Classroom, learner: Client, clock: HandClock
) -> None:
    session = ended_by(faced, clock, AttemptOutcome.FAILED)
    page = main_of(learner, f"/learn/sessions/{session.pk.hex}/")
    assert "没有确认是您本人，已自动签退。此前 8 分 暂不计入" in page.replace("分钟", "分")
    assert "作弊" not in page
    assert "继续学习时，先完成一次人脸核验。" in page
    way = page.split("申请人工复核</a>")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "如果是您本人，请申诉" in main_of(learner, way.replace("appeals/new", "records"))
    assert learner.get(way).status_code == 200


def test_an_unclear_check_takes_nothing_and_says_that_people_decide(
    faced: Classroom, learner: Client, clock: HandClock
) -> None:
    session = ended_by(faced, clock, AttemptOutcome.REVIEW)
    page = main_of(learner, f"/learn/sessions/{session.pk.hex}/")
    assert "还不能确定是您本人，由工作人员复核。此前的时长保留，待确认；您无需操作。" in page
    assert "申请人工复核" not in page


@pytest.mark.clause("T1.3")
def test_a_day_says_why_each_face_was_due_and_what_came_of_each_attempt(
    faced: Classroom, learner: Client, clock: HandClock
) -> None:
    ended_by(faced, clock, AttemptOutcome.FAILED)
    page = main_of(learner, "/learn/records/2026-11-24/")
    for words in ("人脸打卡", "当日首次学习", "随机抽检", "已确认", "未确认是本人", "脸没有看清"):
        assert words in page, words


def test_what_could_not_be_made_costs_nothing_and_says_why(faced: Classroom, learner: Client, clock: HandClock) -> None:
    session = opened(faced, clock)
    put_off_face(faced.viewer, asked(faced, clock), Why.DENIED, clock=clock, chance=lambda: LATE)
    watched(session, clock, 2)
    page = main_of(learner, "/learn/records/2026-11-24/")
    assert "当时无法进行" in page
    assert "未允许使用摄像头" in page


def test_the_consent_of_faces_leads_to_the_two_ways(faced: Classroom, learner: Client) -> None:
    assert learner.get("/learn/consents/face/").url == "/learn/face/"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/learn/consents/face/", {"said": "decline", "version": "2"}),
        ("/learn/face/", {"way": "supervised", "version": "2"}),
    ],
)
def test_withdrawing_deletes_what_is_stored_on_whichever_page(
    faced: Classroom, learner: Client, address: str, said: dict[str, str]
) -> None:
    assert learner.post(address, said).status_code == 302
    assert not FaceTemplate.objects.exists()
    kinds = [event["kind"] for event in events_of(faced.enrolment.aid)]
    assert kinds.count("face.forgotten") == kinds.count("consent.withdrawn") == 1


def test_agreeing_on_the_plain_page_leads_on_to_the_enrolment(checked: Classroom, learner: Client) -> None:
    assert learner.post("/learn/consents/face/", {"said": "agree", "version": "2"}).url == "/learn/face/"
    assert has_agreed(checked.learner.pk, Purpose.FACE)


def test_who_may_not_learn_any_more_can_still_withdraw(faced: Classroom, learner: Client, clock: HandClock) -> None:
    by = Actor(faced.learner.pk)
    withdraw_consent(account_id=faced.learner.pk, purpose=Purpose.PROCESSING, by=by, now=clock.now())
    assert "撤回同意" in main_of(learner, "/learn/consents/face/")
    done = learner.post("/learn/consents/face/", {"said": "decline", "version": "2"}, follow=True)
    assert "已保存的人脸数据已删除" in main_in(done.content.decode())
    assert not FaceTemplate.objects.exists()


@pytest.mark.clause("T3.3")
def test_asking_for_deletion_deletes_the_face_at_once(faced: Classroom, learner: Client) -> None:
    learner.post("/learn/my-data/deletion/", {"said": "ask", "understood": "on"})
    assert not FaceTemplate.objects.exists()
    (said,) = [event["data"] for event in events_of(faced.enrolment.aid) if event["kind"] == "face.forgotten"]
    assert said["because"] == "asked"


def test_the_learner_reads_that_it_waits_and_that_it_was_compared(
    faced: Classroom, learner: Client, clock: HandClock
) -> None:
    assert "待工作人员对照证件核对" in main_of(learner, "/learn/face/")
    compared(head(faced), faced, clock)
    page = main_of(learner, "/learn/face/")
    assert "已由工作人员对照证件核对" in page
    assert "待工作人员" not in page
