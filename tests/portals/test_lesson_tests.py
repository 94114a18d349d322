"""The pages of a lesson's test: before it, its questions, its result (clauses T0, T1.3)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.assessment.models import Attempt
from jiangxue.courseware.models import CourseQuestion
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import LessonProgress
from tests.factories.assessment import TEXTS, begun, choices, played, submitted, with_test
from tests.factories.classes import Classroom
from tests.factories.policies import set_rule
from tests.portals.clients import main_in, main_of

MINUTE_MS = 60_000


@pytest.fixture
def asked(room: Classroom, clock: HandClock) -> list[CourseQuestion]:
    """Return the four questions of the first lesson's test; the lesson is played."""
    found = with_test(room, clock.now())
    played(room, clock.now())
    return found


def class_url(room: Classroom) -> str:
    return f"/learn/classes/{room.training_class.pk}/"


def lesson_url(room: Classroom, lesson: int = 0) -> str:
    return f"{class_url(room)}lessons/{room.lessons[lesson].pk}/"


def intro_url(room: Classroom, lesson: int = 0) -> str:
    return f"{lesson_url(room, lesson)}test/"


def url_of(attempt: Attempt, act: str = "") -> str:
    return f"/learn/attempts/{attempt.pk}/{act}"


def form_of(attempt: Attempt, right: int) -> dict[str, str]:
    """Return what a browser sends for so many right answers."""
    return {f"answer-{place}": str(chosen) for place, chosen in choices(attempt, right).items()}


@pytest.mark.usefixtures("asked")
def test_the_page_before_says_what_comes(room: Classroom, learner: Client) -> None:
    page = main_of(learner, intro_url(room))
    for words in ("4 道题", "60 分及格", "60 分钟", "今天还剩 3 次（每天 3 次）", "测验期间不计学习时间", "开始测验"):
        assert words in page
    assert "我的测验记录" not in page


@pytest.mark.usefixtures("asked")
def test_begin_answer_hand_in_and_read_the_result(room: Classroom, learner: Client) -> None:
    response = learner.post(intro_url(room) + "begin/")
    attempt = Attempt.objects.get()
    assert response.url == url_of(attempt)
    page = main_of(learner, url_of(attempt))
    assert all(text in page for text in TEXTS)
    assert page.count('type="radio"') == 12
    assert " checked" not in page
    response = learner.post(url_of(attempt), form_of(attempt, 4))
    assert response.url == url_of(attempt, "result/")
    page = main_of(learner, response.url)
    for words in ("测验已通过", "100 分", "题目和正确答案", "正确，您的答案", "下一节"):
        assert words in page
    assert lesson_url(room, 1) in page


@pytest.mark.usefixtures("asked")
def test_what_is_missing_is_marked_and_what_was_chosen_stays(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    attempt = begun(room, clock)
    form = form_of(attempt, 4)
    del form["answer-1"]
    response = learner.post(url_of(attempt), form)
    page = main_in(response.content.decode())
    assert response.status_code == 400
    assert "有的题没有作答" in page
    assert page.count("请选择一个答案") == 1
    assert 'href="#item-2"' in page
    assert page.count(" checked") == 3
    assert main_of(learner, url_of(attempt)).count(" checked") == 3
    assert learner.post(url_of(attempt), {"answer-1": "0"}).status_code == 302


@pytest.mark.usefixtures("asked")
def test_a_choice_is_kept_as_it_is_made(room: Classroom, learner: Client, clock: HandClock) -> None:
    attempt = begun(room, clock)
    assert learner.post(url_of(attempt, "keep/"), {"answer-2": "1"}).status_code == 204
    assert Attempt.objects.get().items[2].chosen == 1
    assert main_of(learner, url_of(attempt)).count(" checked") == 1
    submitted(room, attempt, clock, 0)
    assert learner.post(url_of(attempt, "keep/"), {"answer-2": "2"}).status_code == 409


@pytest.mark.usefixtures("asked")
def test_not_passed_leads_back_to_the_lesson_and_to_another_try(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    page = main_of(learner, url_of(submitted(room, begun(room, clock), clock, 1), "result/"))
    for words in ("测验未通过", "25 分", "请再看看本节", "再测一次", "可测次数：今天还剩 2 次（每天 3 次）"):
        assert words in page
    assert f'href="{lesson_url(room)}"' in page


@pytest.mark.usefixtures("asked")
def test_attempts_are_listed_on_the_page_before(room: Classroom, learner: Client, clock: HandClock) -> None:
    failed = submitted(room, begun(room, clock), clock, 1)
    clock.advance(MINUTE_MS)
    submitted(room, begun(room, clock), clock, 3)
    page = main_of(learner, intro_url(room))
    for words in ("测验已通过 75 分", "25 分，未通过", "75 分，已通过", url_of(failed)):
        assert words in page
    assert "开始测验" not in page


@pytest.mark.usefixtures("asked")
def test_an_open_attempt_is_gone_on_with(room: Classroom, learner: Client, clock: HandClock) -> None:
    attempt = begun(room, clock)
    assert "继续测验" in main_of(learner, intro_url(room))
    assert learner.post(intro_url(room) + "begin/").url == url_of(attempt)
    assert learner.get(url_of(attempt, "result/")).url == url_of(attempt)


@pytest.mark.usefixtures("asked")
def test_no_attempt_left_is_said_and_refused(room: Classroom, learner: Client, clock: HandClock) -> None:
    set_rule(room, clock.now() - timedelta(days=1), test_attempts_a_day=1)
    page = main_of(learner, url_of(submitted(room, begun(room, clock), clock, 0), "result/"))
    assert "再测一次" not in page
    assert "今天次数已用完" in main_of(learner, intro_url(room))
    response = learner.post(intro_url(room) + "begin/")
    assert response.status_code == 409
    assert "今天的 1 次已用完" in main_in(response.content.decode())


@pytest.mark.usefixtures("asked")
def test_a_lesson_that_is_not_played_through_says_what_to_do_first(room: Classroom, learner: Client) -> None:
    LessonProgress.objects.update(reached_ms=90_000, confirmed_ms=0)
    assert "请先学完本节" in main_of(learner, intro_url(room))
    assert learner.post(intro_url(room) + "begin/").status_code == 409
    assert not Attempt.objects.exists()


@pytest.mark.usefixtures("asked")
def test_a_lesson_without_a_test_has_no_such_page(room: Classroom, learner: Client) -> None:
    assert learner.get(intro_url(room, 1)).status_code == 404
    assert learner.post(intro_url(room, 1) + "begin/").status_code == 404
    assert learner.get(intro_url(room) + "begin/").url == intro_url(room)


@pytest.mark.usefixtures("asked")
def test_what_comes_too_late_is_told_so(room: Classroom, learner: Client, clock: HandClock) -> None:
    attempt = begun(room, clock)
    form = form_of(attempt, 4)
    clock.at = attempt.expires_at
    assert learner.get(url_of(attempt)).url == url_of(attempt, "result/")
    response = learner.post(url_of(attempt), form, follow=True)
    page = main_in(response.content.decode())
    assert "没有按时交卷" in page
    assert "之后交的答案不收" in page
    assert Attempt.objects.get().score is None


@pytest.mark.usefixtures("asked")
def test_the_class_page_shows_tests_and_what_recognition_still_needs(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    page = main_of(learner, class_url(room))
    for words in ("课节测验：待测验", "认定还需：课节测验", "去做课节测验", "已达到认定条件：0 / 3 节"):
        assert words in page
    assert f'href="{intro_url(room)}"' in page
    submitted(room, begun(room, clock), clock, 3)
    page = main_of(learner, class_url(room))
    for words in ("测验已通过 75 分", "已达到认定条件：1 / 3 节"):
        assert words in page
    assert "认定还需" not in page


def test_the_lessons_of_a_class_without_tests_say_nothing_of_them(room: Classroom, learner: Client) -> None:
    assert "测验" not in main_of(learner, class_url(room)).split('id="class-rules"')[0]


@pytest.mark.usefixtures("asked")
def test_home_leads_to_the_test_before_the_next_lesson(room: Classroom, learner: Client, clock: HandClock) -> None:
    page = main_of(learner, "/learn/")
    assert "去做课节测验" in page
    assert intro_url(room) in page
    submitted(room, begun(room, clock), clock, 4)
    page = main_of(learner, "/learn/")
    assert intro_url(room) not in page
    assert lesson_url(room, 1) in page


@pytest.mark.usefixtures("asked")
def test_home_goes_on_when_today_s_attempts_are_used_and_says_so_at_the_end_while_the_class_is_open(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    set_rule(room, clock.now() - timedelta(days=1), test_attempts_a_day=1)
    submitted(room, begun(room, clock), clock, 0)
    assert lesson_url(room, 1) in main_of(learner, "/learn/")
    for lesson in (1, 2):
        played(room, clock.now(), lesson=lesson)
    assert "还有 1 个课节测验没有通过" in main_of(learner, "/learn/")
    TrainingClass.objects.filter(pk=room.training_class.pk).update(closes_on=clock.now().date() - timedelta(days=1))
    page = main_of(learner, "/learn/")
    assert "目前没有可以学习的班级" in page
    assert "测验" not in page


@pytest.mark.usefixtures("asked")
def test_the_lesson_page_leads_to_its_test(room: Classroom, learner: Client) -> None:
    assert intro_url(room) in main_of(learner, lesson_url(room))
    assert "测验" not in main_of(learner, lesson_url(room, 1))
