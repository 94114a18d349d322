"""Editors keep the questions of a lesson's test beside those for check-ins; what is being reviewed stays as it is (clauses T0, M6)."""

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import CourseQuestion
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import FEWEST_IN_TEST, MOST_IN_USE
from jiangxue.courseware.services.versions import freeze
from jiangxue.kernel.clock import HandClock
from tests.factories.classes import Classroom
from tests.factories.questions import DRAFT, question
from tests.portals.clients import client_of, text_of

TYPED = {"text": "先做什么？", "option_0": "停电", "option_1": "验电", "right": "0"}
TOO_FEW = "课节测验至少需要 3 道题"
UNDER_REVIEW = "课程正在审核，先撤回送审再修改"


@pytest.fixture
def client(keeper: Account) -> Client:
    return client_of(keeper)


def ask(room: Classroom, keeper: Account, clock: HandClock, *texts: str) -> list[CourseQuestion]:
    return [question(room.lesson, keeper, clock.now(), text, purpose=Purpose.TEST) for text in texts]


def list_url(room: Classroom, purpose: str = "test") -> str:
    return f"/institution/lessons/{room.lesson.pk}/{purpose}/"


def course_url(room: Classroom) -> str:
    return f"/institution/courses/{room.training_class.course_id}/"


def kept() -> list[tuple[str, str]]:
    return list(CourseQuestion.objects.filter(retired_at=None).order_by("pk").values_list("purpose", "text"))


def test_two_tabs_keep_the_purposes_apart(room: Classroom, client: Client, keeper: Account, clock: HandClock) -> None:
    question(room.lesson, keeper, clock.now(), "打卡问什么？")
    ask(room, keeper, clock, "测验问什么？")
    check_ins, tests = text_of(client, list_url(room, "questions")), text_of(client, list_url(room))
    assert "打卡问什么？" in check_ins
    assert "打卡问什么？" not in tests
    assert "测验问什么？" in tests
    assert "测验问什么？" not in check_ins
    for page in (check_ins, tests):
        assert list_url(room) in page
        assert list_url(room, "questions") in page


def test_a_test_question_is_added_changed_and_retired_as_one(room: Classroom, client: Client) -> None:
    added = client.post(list_url(room) + "add/", TYPED)
    assert added.url == f"{list_url(room)}#top"
    assert kept() == [("test", "先做什么？")]
    pk = CourseQuestion.objects.get().pk
    changed = client.post(f"/institution/questions/{pk}/", {**TYPED, "text": "第一步做什么？"})
    assert changed.url == list_url(room)
    assert kept() == [("test", "第一步做什么？")]
    pk = CourseQuestion.objects.get(retired_at=None).pk
    page = text_of(client, f"/institution/questions/{pk}/retire/")
    assert "认定不再需要测验" in page
    assert "打卡" not in page.split("<main")[1]
    assert client.post(f"/institution/questions/{pk}/retire/").url == list_url(room)
    assert kept() == []
    assert client.get(list_url(room) + "add/").url == list_url(room)


def test_each_purpose_has_a_limit_of_its_own(
    room: Classroom, client: Client, keeper: Account, clock: HandClock
) -> None:
    for number in range(MOST_IN_USE):
        question(room.lesson, keeper, clock.now(), f"打卡第 {number} 题")
    assert client.post(list_url(room) + "add/", TYPED).status_code == 302
    ask(room, keeper, clock, *(f"测验第 {number} 题" for number in range(MOST_IN_USE - 1)))
    assert client.post(list_url(room) + "add/", TYPED).status_code == 409


@pytest.mark.parametrize("number", [0, 1, 2, FEWEST_IN_TEST])
def test_a_test_of_one_or_two_questions_is_kept_and_warned_of(
    room: Classroom, client: Client, keeper: Account, clock: HandClock, number: int
) -> None:
    ask(room, keeper, clock, *(f"第 {at} 题" for at in range(number)))
    is_warned = 0 < number < FEWEST_IN_TEST
    assert (TOO_FEW in text_of(client, list_url(room))) == is_warned
    outline = text_of(client, course_url(room))
    assert (TOO_FEW in outline) == is_warned
    assert (f"课节测验：{number} 道题" in outline) == (number > 0)


def test_check_in_questions_of_an_outline_do_not_count_those_of_tests(
    room: Classroom, client: Client, keeper: Account, clock: HandClock
) -> None:
    question(room.lesson, keeper, clock.now())
    ask(room, keeper, clock, "甲？", "乙？", "丙？")
    outline = text_of(client, course_url(room))
    assert "1 道打卡问题" in outline
    assert "课节测验：3 道题" in outline


def test_teachers_read_test_questions_and_learners_see_none(
    room: Classroom, head: Client, keeper: Account, clock: HandClock
) -> None:
    ask(room, keeper, clock, "测验问什么？")
    assert "测验问什么？" in text_of(head, list_url(room))
    assert head.post(list_url(room) + "add/", TYPED).status_code == 403
    assert client_of(room.learner).get(list_url(room)).status_code == 403


def test_who_comes_too_late_can_add_it_to_the_same_purpose(
    room: Classroom, client: Client, keeper: Account, clock: HandClock
) -> None:
    (asked,) = ask(room, keeper, clock, "测验问什么？")
    CourseQuestion.objects.update(retired_at=clock.now())
    late = client.post(f"/institution/questions/{asked.pk}/", TYPED)
    assert late.status_code == 409
    assert f'action="{list_url(room)}add/#add"' in late.content.decode()


@pytest.mark.clause("M6")
@pytest.mark.parametrize("purpose", ["questions", "test"])
def test_while_the_course_is_reviewed_nothing_changes_and_what_was_typed_stays(
    room: Classroom, client: Client, keeper: Account, clock: HandClock, purpose: str
) -> None:
    of = Purpose.TEST if purpose == "test" else Purpose.CHECK_IN
    asked = question(room.lesson, keeper, clock.now(), purpose=of)
    freeze(course_id=room.training_class.course_id, author_id=None, now=clock.now())
    for address in (f"{list_url(room, purpose)}add/", f"/institution/questions/{asked.pk}/"):
        response = client.post(address, TYPED)
        page = response.content.decode()
        assert response.status_code == 409
        assert UNDER_REVIEW in page
        assert "验电" in page
    response = client.post(f"/institution/questions/{asked.pk}/retire/")
    assert response.status_code == 409
    assert UNDER_REVIEW in response.content.decode()
    assert kept() == [(of.value, DRAFT.text)]
