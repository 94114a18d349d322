"""The messages (消息) of whoever is signed in: the bell, the list, opening, marking as read. Clause C5."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxue.accounts.models import Account, Membership
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.notices.models import Notice
from jiangxue.notices.services import tell
from tests.factories import people
from tests.factories.classes import Classroom
from tests.portals.clients import client_of, main_of, text_of

pytestmark = pytest.mark.clause("C5")


def told(who: Account, clock: HandClock, number: int = 1, **more: object) -> Notice:
    said = {"kind": "settlement.made", "params": {"class_title": "保育师一班"}, **more}
    tell([who.pk], about=("class", number), at=clock.now(), **said)  # type: ignore[arg-type]
    return Notice.objects.get(account_id=who.pk, kind=said["kind"], about_id=str(number), read_at=None)


def bell_of(client: Client) -> str:
    found = re.search(r'class="bell"[^>]*aria-label="([^"]*)"', text_of(client, "/profile/"))
    assert found
    return found[1]


def test_the_bell_says_in_words_how_much_is_unread(room: Classroom, learner: Client, clock: HandClock) -> None:
    assert bell_of(learner) == "消息"
    told(room.learner, clock)
    assert bell_of(learner) == "消息，1 条未读"
    for number in range(2, 120):
        told(room.learner, clock, number)
    assert bell_of(learner) == "消息，超过 99 条未读"


def test_an_empty_list_says_what_comes_here(learner: Client) -> None:
    page = main_of(learner, "/messages/")
    assert "没有未读消息" in page
    assert "学时认定" in page
    assert "还没有消息" in main_of(learner, "/messages/?show=all")


def test_a_message_is_a_sentence_with_its_time(room: Classroom, learner: Client, clock: HandClock) -> None:
    told(room.learner, clock)
    page = main_of(learner, "/messages/")
    assert "「保育师一班」的学时已认定" in page
    assert "2026-11-24 09:00" in page


def test_opening_marks_it_read_and_leads_to_its_page(room: Classroom, learner: Client, clock: HandClock) -> None:
    notice = told(room.learner, clock, room.training_class.pk)
    response = learner.post(f"/messages/{notice.pk}/open/")
    assert response.headers["Location"] == f"/learn/classes/{room.training_class.pk}/archive/"
    assert bell_of(learner) == "消息"
    assert "「保育师一班」" not in main_of(learner, "/messages/")
    assert "「保育师一班」" in main_of(learner, "/messages/?show=all")


def test_who_has_left_the_class_reads_what_their_hours_came_to(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    notice = told(room.learner, clock, room.training_class.pk)
    room.enrolment.left_at = clock.now()
    room.enrolment.save(update_fields=["left_at"])
    assert learner.post(f"/messages/{notice.pk}/open/", follow=True).status_code == 200


def test_a_message_that_brings_its_own_address_leads_there(room: Classroom, learner: Client, clock: HandClock) -> None:
    notice = told(room.learner, clock, url="/learn/records/")
    assert learner.post(f"/messages/{notice.pk}/open/").headers["Location"] == "/learn/records/"


@pytest.mark.clause("M3")
def test_the_message_of_another_is_not_there(room: Classroom, learner: Client, clock: HandClock) -> None:
    notice = told(room.head_teacher, clock)
    assert learner.post(f"/messages/{notice.pk}/open/").status_code == 404
    assert "「保育师一班」" not in main_of(learner, "/messages/?show=all")
    learner.post("/messages/read/")
    assert Notice.objects.filter(read_at=None).count() == 1


def test_looking_does_not_mark_as_read_nor_does_a_link(room: Classroom, learner: Client, clock: HandClock) -> None:
    notice = told(room.learner, clock)
    main_of(learner, "/messages/")
    assert learner.get(f"/messages/{notice.pk}/open/").status_code == 405
    assert bell_of(learner) == "消息，1 条未读"


def test_marking_all_leaves_what_came_after_the_page_was_shown(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    told(room.learner, clock)
    until = re.search(r'name="until" value="([^"]+)"', main_of(learner, "/messages/"))
    assert until
    clock.advance(1000)
    told(room.learner, clock, 2)
    response = learner.post("/messages/read/", {"until": until[1], "kind": ""}, follow=True)
    assert '<div role="status">' in response.content.decode(), "said aloud, not only shown"
    assert "已将 1 条消息标为已读。" in response.content.decode()
    assert bell_of(learner) == "消息，1 条未读"


@pytest.mark.parametrize("until", ["", "yesterday", "2026-13-45T00:00:00Z", "2026-11-24T09:00:00", "9" * 5000])
def test_a_time_that_is_none_marks_what_is_there_now(
    room: Classroom, learner: Client, clock: HandClock, until: str
) -> None:
    told(room.learner, clock)
    learner.post("/messages/read/", {"until": until})
    assert bell_of(learner) == "消息"


def test_a_time_in_the_future_marks_no_more_than_now(room: Classroom, learner: Client, clock: HandClock) -> None:
    told(room.learner, clock)
    clock.advance(-1000)
    learner.post("/messages/read/", {"until": (clock.now() + timedelta(days=1)).isoformat()})
    assert bell_of(learner) == "消息，1 条未读"


def test_ten_of_a_kind_stand_as_one_line_that_leads_to_them(room: Classroom, learner: Client, clock: HandClock) -> None:
    for number in range(10):
        told(room.learner, clock, number)
    told(room.learner, clock, kind="consent.renewed", params={"purpose": "face"})
    page = main_of(learner, "/messages/")
    assert "10 条未读" in page
    assert page.count("「保育师一班」") == 0
    assert "您同意过的一份说明已更新" in page
    alone = main_of(learner, "/messages/?kind=settlement.made")
    assert alone.count("「保育师一班」") == 10
    learner.post("/messages/read/", {"kind": "settlement.made"})
    assert bell_of(learner) == "消息，1 条未读"


def test_a_long_list_has_pages(room: Classroom, learner: Client, clock: HandClock) -> None:
    for number in range(25):
        told(room.learner, clock, number)
    assert main_of(learner, "/messages/?show=all").count("「保育师一班」") == 20
    assert main_of(learner, "/messages/?show=all&page=2").count("「保育师一班」") == 5


def test_opening_changes_to_the_role_of_the_message(room: Classroom, clock: HandClock) -> None:
    Membership.objects.create(account=room.head_teacher, role=Role.LEARNER)
    client = client_of(room.head_teacher)
    assert "班主任" in text_of(client, "/profile/")
    notice = told(room.head_teacher, clock, kind="consent.renewed", params={})
    page = client.post(f"/messages/{notice.pk}/open/", follow=True)
    assert page.redirect_chain[-1][0] == "/learn/consents/"
    assert "已切换为角色：学员" in page.content.decode()


def test_who_lost_the_role_is_told_so_and_stays(room: Classroom, learner: Client, clock: HandClock) -> None:
    notice = told(room.learner, clock, kind="class.to_settle")
    page = learner.post(f"/messages/{notice.pk}/open/", follow=True)
    assert page.redirect_chain[-1][0] == "/messages/"
    assert "您目前没有：班主任" in page.content.decode()


@pytest.mark.parametrize("kind", ["settlement.made", "renamed.since"])
def test_a_message_of_before_an_update_is_still_shown(
    room: Classroom, learner: Client, clock: HandClock, kind: str
) -> None:
    notice = told(room.learner, clock, kind=kind, params={})
    Notice.objects.update(about_id="")
    assert main_of(learner, "/messages/").count('class="row-link row-button') == 1
    page = learner.post(f"/messages/{notice.pk}/open/", follow=True)
    assert "这条消息对应的页面已不存在。" in page.content.decode()


def test_every_role_has_the_page(db: None, clock: HandClock) -> None:
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.REVIEWER):
        assert "没有未读消息" in main_of(client_of(people.account((role, None), now=clock.now())), "/messages/")


def test_the_number_costs_one_look_whatever_there_is(room: Classroom, learner: Client, clock: HandClock) -> None:
    for number in range(30):
        told(room.learner, clock, number)
    with CaptureQueriesContext(connection) as asked:
        page = text_of(learner, "/profile/")
    assert '<span class="bell-number" aria-hidden="true">30</span>' in page
    assert sum("notices_notice" in query["sql"] for query in asked) == 1


@pytest.mark.clause("M2")
def test_messages_stand_among_what_is_held_of_the_learner(room: Classroom, learner: Client, clock: HandClock) -> None:
    told(room.learner, clock)
    assert "1 条消息" in main_of(learner, "/learn/my-data/")
