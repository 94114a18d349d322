"""The learner's way: home, class, lesson, sign-out page, my records (clauses T5, T1.3, T2.1, T2.5)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness
from tests.portals.clients import main_of

LEAVE, PAUSED = 16, 2
type Learn = Callable[..., Page]


def lesson_url(room: Classroom, lesson: int = 0) -> str:
    return f"/learn/classes/{room.training_class.pk}/lessons/{room.lessons[lesson].pk}/"


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def learn(room: Classroom, learner: Client, clock: HandClock, hot: Harness) -> Learn:
    """Return a way to learn the first lesson for a while, in one beat of at most a minute, with ten seconds of pause at the end."""

    def learn(seconds: int, *, leave: bool = True) -> Page:
        page = Page(post_through(learner, hot), lesson_url(room) + "open/")
        assert page.open()[0] == 200
        clock.advance(seconds * 1000)
        page.beat(seconds * 1000)
        clock.advance(10_000)
        page.beat(seconds * 1000, idle_ms=10_000, flags=PAUSED | (LEAVE if leave else 0))
        return page

    return learn


def test_home_leads_a_newcomer_to_the_first_lesson(room: Classroom, learner: Client) -> None:
    page = learner.get("/learn/").content.decode()
    assert lesson_url(room) in page
    assert "开始学习" in page


def test_home_of_somebody_without_a_class_says_what_to_do(clock: HandClock, db: None) -> None:
    client = Client()
    client.force_login(people.account(now=clock.now()))
    assert '<p class="hero-title">您还没有加入班级</p>' in main_of(client, "/learn/")


def test_home_of_somebody_whose_class_has_ended_does_not_say_that_all_is_done(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    clock.at = room.training_class.term.closes_at
    page = main_of(learner, "/learn/")
    assert "目前没有可以学习的班级" in page
    assert "全部课节都已学完" not in page
    assert "已结班</span>" in page


def test_home_says_when_a_class_begins(room: Classroom, learner: Client, clock: HandClock) -> None:
    clock.at = room.training_class.term.opens_at - timedelta(days=1)
    assert "未开班，2026-11-01 开班</span>" in main_of(learner, "/learn/")


@pytest.mark.clause("T5")
def test_home_continues_where_learning_broke_off(
    room: Classroom, learner: Client, clock: HandClock, learn: Learn
) -> None:
    learn(50)
    page = learner.get("/learn/").content.decode()
    assert "继续学习" in page
    assert "00:50" in page


@pytest.mark.clause("T1.3")
def test_one_figure_is_the_same_on_every_page(room: Classroom, learner: Client, clock: HandClock, learn: Learn) -> None:
    """Home, class, day, records and the teacher's roster show the same credited time, also while the session runs."""
    learn(50, leave=False)
    teacher = Client()
    teacher.force_login(room.head_teacher)
    pages = [
        learner.get("/learn/"),
        learner.get(f"/learn/classes/{room.training_class.pk}/"),
        learner.get("/learn/records/"),
        learner.get("/learn/records/2026-11-24/"),
        teacher.get(f"/institution/classes/{room.training_class.pk}/"),
    ]
    for page in pages:
        assert "50 秒" in page.content.decode(), page.request["PATH_INFO"]


@pytest.mark.clause("T1.3", "T2.1")
def test_a_day_shows_each_stretch_with_its_reason(
    room: Classroom, learner: Client, clock: HandClock, learn: Learn
) -> None:
    learn(50)
    page = learner.get("/learn/records/2026-11-24/").content.decode()
    for words in ("09:00", "主动签退", "待确认", "未计入", "暂停", room.lesson.title, room.training_class.name):
        assert words in page


@pytest.mark.clause("T2.1")
def test_the_sign_out_page_says_why_what_is_kept_and_what_next(
    room: Classroom, learner: Client, clock: HandClock, learn: Learn
) -> None:
    session = learn(50)
    page = learner.get(f"/learn/sessions/{session.session}/").content.decode()
    for words in ("您已签退。", "已计入的时间都已保存", "继续学习本节"):
        assert words in page
    assert lesson_url(room) in page


@pytest.mark.clause("T2.2")
def test_the_sign_out_page_after_a_takeover_names_the_other_device(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    first = Page(post_through(learner), lesson_url(room) + "open/")
    first.open()
    clock.advance(5_000)
    phone = Client(
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13) AppleWebKit Chrome/120 Mobile MicroMessenger"}
    )
    phone.force_login(room.learner)
    Page(post_through(phone), lesson_url(room) + "open/").open(take_over=True)
    page = learner.get(f"/learn/sessions/{first.session}/").content.decode()
    assert "手机 · 微信，09:00" in page


def test_a_running_session_leads_back_to_its_lesson(
    room: Classroom, learner: Client, clock: HandClock, learn: Learn
) -> None:
    page = learn(50, leave=False)
    assert learner.get(f"/learn/sessions/{page.session}/").url == lesson_url(room)


@pytest.mark.parametrize(
    "address", ["/learn/sessions/nonsense/", "/learn/records/2026-13-40/", "/learn/records/1999-01-01/"]
)
def test_what_does_not_exist_is_not_found(learner: Client, address: str) -> None:
    assert learner.get(address).status_code == 404


def test_somebody_elses_class_lesson_and_session_are_not_found(
    room: Classroom, learner: Client, clock: HandClock, learn: Learn
) -> None:
    session = learn(50)
    stranger = Client()
    stranger.force_login(classroom(clock.now()).learner)
    for address in (
        f"/learn/classes/{room.training_class.pk}/",
        lesson_url(room),
        f"/learn/sessions/{session.session}/",
        f"/institution/classes/{room.training_class.pk}/",
    ):
        assert stranger.get(address).status_code in {403, 404}, address


@pytest.mark.clause("T2.5")
def test_a_full_day_is_refused_in_class_hours(room: Classroom, learner: Client, clock: HandClock) -> None:

    DayTotal.objects.create(
        learner=room.learner,
        training_class=room.training_class,
        day=date(2026, 11, 24),
        credited_ms=21_600_000,
        refused_ms={},
    )
    status, answer = Page(post_through(learner), lesson_url(room) + "open/").open()
    assert status == 403
    assert answer["message"] == "今天已学满 8 学时，明天 0 点后可继续。"


def test_a_class_that_has_ended_can_still_be_watched(room: Classroom, learner: Client, clock: HandClock) -> None:
    clock.at = clock.at.replace(year=2028)
    assert learner.get(lesson_url(room)).status_code == 200
    status, answer = Page(post_through(learner), lesson_url(room) + "open/").open()
    assert (status, answer["error"]) == (403, "class_closed")


@pytest.mark.parametrize("body", ["", "[]", '{"window":"short","take_over":false}', '{"window":1}'])
def test_a_malformed_opening_is_refused(room: Classroom, learner: Client, body: str) -> None:
    response = learner.post(lesson_url(room) + "open/", body, content_type="application/json")
    assert response.status_code == 400
