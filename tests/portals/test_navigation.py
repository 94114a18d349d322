"""The navigation shows each role its pages, where one is, and how much waits."""

import re

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.ratings import finished, moderator, rated
from tests.factories.words import word_list
from tests.portals.clients import client_of, text_of


def nav_of(client: Client, address: str) -> str:
    return text_of(client, address).split('<nav class="nav"')[1].split("</nav>")[0]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/review/", [("/review/", "page")]),
        ("/review/courses/", [("/review/courses/", "page")]),
        ("/review/ratings/?standing=shown", [("/review/ratings/", "page")]),
        ("/profile/", []),
    ],
)
def test_the_longest_entry_that_leads_to_a_page_is_marked(
    clock: HandClock, db: None, address: str, current: list[tuple[str, str]]
) -> None:
    nav = nav_of(client_of(moderator(clock.now())), address)
    assert re.findall(r'href="([^"]+)" aria-current="(\w+)"', nav) == current


def test_a_page_below_an_entry_is_marked_as_being_in_it(room: Classroom) -> None:
    nav = nav_of(client_of(room.head_teacher), f"/institution/classes/{room.training_class.pk}/")
    assert re.findall(r'href="([^"]+)" aria-current="(\w+)"', nav) == [("/institution/classes/", "true")]


@pytest.mark.clause("M6")
def test_reviewers_of_the_platform_read_how_many_comments_wait(room: Classroom, clock: HandClock) -> None:
    word_list(clock.now())
    rated(finished(room.enrolment, clock.now()), clock.now(), 5, "想学的加★微★信，<b>包过</b>")
    nav = nav_of(client_of(moderator(clock.now())), "/review/")
    assert re.search(r'href="/review/ratings/">课程评论<span class="nav-count">\(1\)</span>', nav)


@pytest.mark.clause("M6")
def test_an_institutions_own_reviewers_are_shown_no_comments_to_decide_about(room: Classroom, clock: HandClock) -> None:
    own = people.account((Role.REVIEWER, room.institution.pk), now=clock.now())
    assert "/review/ratings/" not in nav_of(client_of(own), "/review/")
