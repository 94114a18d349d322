"""Deciding about comments on the pages of the platform's reviewers (clause M6)."""

import re

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.rating.models import CourseRating
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.ratings import another, finished, moderator, rated
from tests.factories.words import word_list
from tests.portals.clients import client_of, text_of

LIST = "/review/ratings/"


@pytest.fixture
def held(room: Classroom, clock: HandClock) -> CourseRating:
    word_list(clock.now())
    return rated(finished(room.enrolment, clock.now()), clock.now(), 5, "想学的加★微★信，<b>包过</b>")


@pytest.fixture
def reviewer(clock: HandClock, db: None) -> Client:
    return client_of(moderator(clock.now()))


def _decision(rating: CourseRating, **facts: str) -> dict[str, str]:
    return {"serial": str(rating.serial), "standing": rating.standing, **facts}


def _empty(page: str) -> list[str]:
    """Return what an empty list says of itself."""
    return re.findall(r'<p class="empty-title">([^<]*)</p>', page)


@pytest.mark.clause("M6")
def test_a_held_comment_stands_there_with_its_words_marked(held: CourseRating, reviewer: Client) -> None:
    page = text_of(reviewer, LIST)
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", page) == ["加★微★信", "包过"]
    assert "&lt;b&gt;" in page
    assert "1 条评论待复核" in page
    assert "李**" in page


@pytest.mark.clause("M6")
def test_a_comment_is_shown(held: CourseRating, reviewer: Client) -> None:
    page = reviewer.post(f"{LIST}{held.pk}/show/", _decision(held), follow=True).content.decode()
    assert "评论已向大家显示" in page
    held.refresh_from_db()
    assert held.standing == "shown"
    assert "黄**" in text_of(reviewer, f"{LIST}?standing=shown")


@pytest.mark.clause("M6")
def test_a_comment_is_hidden_with_a_reason(held: CourseRating, reviewer: Client) -> None:
    response = reviewer.post(f"{LIST}{held.pk}/hide/", _decision(held, reason=" "))
    assert response.status_code == 400
    page = response.content.decode()
    assert "请写明隐藏的理由" in page
    assert f'method="get" action="{LIST}" role="search"' in page
    reviewer.post(f"{LIST}{held.pk}/hide/", _decision(held, reason="留联系方式，属广告"))
    held.refresh_from_db()
    assert (held.standing, held.reason) == ("hidden", "留联系方式，属广告")
    assert "留联系方式" in text_of(reviewer, f"{LIST}?standing=hidden")


def test_a_comment_that_has_changed_meanwhile_is_looked_at_again(
    room: Classroom, held: CourseRating, reviewer: Client, clock: HandClock
) -> None:
    rated(room.enrolment, clock.now(), 5, "代考找我")
    response = reviewer.post(f"{LIST}{held.pk}/show/", _decision(held))
    assert response.status_code == 409
    assert "请重新看一遍" in response.content.decode()
    assert "代考" in response.content.decode()


@pytest.mark.parametrize("typed", [{}, {"serial": "x", "standing": "held"}, {"serial": "1", "standing": "lost"}])
def test_a_forged_decision_is_refused(held: CourseRating, reviewer: Client, typed: dict[str, str]) -> None:
    assert reviewer.post(f"{LIST}{held.pk}/show/", typed).status_code == 400
    assert reviewer.post(f"{LIST}{held.pk + 1}/show/", _decision(held)).status_code == 404


@pytest.mark.clause("M6", "M3")
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.INSTITUTION_ADMINISTRATOR])
def test_an_institution_reaches_none_of_it(room: Classroom, held: CourseRating, clock: HandClock, role: Role) -> None:
    own = client_of(people.account((role, room.institution.pk), now=clock.now()))
    text_of(own, LIST, 403)
    assert own.post(f"{LIST}{held.pk}/hide/", _decision(held, reason="不好看")).status_code == 403


def test_an_empty_list_says_what_it_is_for(reviewer: Client) -> None:
    waiting, in_this_state = "没有待复核的评论", "没有这种状态的评论"
    assert _empty(text_of(reviewer, LIST)) == [waiting]
    assert _empty(text_of(reviewer, f"{LIST}?standing=held")) == [in_this_state]
    assert _empty(text_of(reviewer, f"{LIST}?standing=hidden")) == [in_this_state]


def test_a_state_that_there_is_not_shows_those_that_wait(held: CourseRating, reviewer: Client) -> None:
    page = text_of(reviewer, f"{LIST}?standing=nonsense")
    assert _empty(page) == []
    assert "加★微★信" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_words_is_looked_up_once_for_all_comments(
    room: Classroom, reviewer: Client, clock: HandClock, number: int, django_assert_num_queries
) -> None:
    word_list(clock.now())
    for _ in range(number):
        rated(another(room.training_class, clock.now()), clock.now(), 1, "包过")
    with django_assert_num_queries(16):
        page = text_of(reviewer, LIST)
    assert page.count("<mark") == number
