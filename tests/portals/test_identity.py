"""Pages of identity confirmed by staff: what waits, a statement, a signature, and what the learner is told (clause T3.2)."""

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import IdentityReview, IdentityStatement
from tests.factories.classes import Classroom, classroom
from tests.factories.identity import by_staff, learned
from tests.factories.settlements import settled_class
from tests.portals.clients import client_of, main_of, supervisor, text_of

pytestmark = pytest.mark.clause("T3.2")
DAY = "2026-11-24"
SEEN = {"after": 0, "result": "seen", "how": "video", "time": "09:02", "document": "card", "text": ""}


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return by_staff(classroom(clock.now(), lesson_ms=3_600_000), clock)


@pytest.fixture
def at(room: Classroom, clock: HandClock) -> str:
    """Return the address of the day of the learner, who has learned for four minutes and goes on."""
    learned(room, clock)
    return f"/institution/classes/{room.training_class.pk}/identity/{room.enrolment.pk}/{DAY}/"


def list_of(room: Classroom) -> str:
    return f"/institution/classes/{room.training_class.pk}/identity/"


def test_who_learns_now_stands_first_and_the_day_waits(room: Classroom, at: str, head: Client) -> None:
    page = main_of(head, list_of(room))
    for words in ("正在学习", "待老师核验", at):
        assert words in page
    assert room.learner.name not in page
    assert "没有这种状态的日期" in main_of(head, f"{list_of(room)}?state=confirmed")


def test_a_teacher_states_and_a_second_person_signs(
    room: Classroom, at: str, head: Client, second: Client, learner: Client
) -> None:
    assert f"请联系班主任 {room.head_teacher.name}" in main_of(learner, "/learn/")
    assert head.post(f"{at}state/", SEEN).url == at
    assert "于 09:02 视频通话核验本人，核对身份证" in main_of(second, at)
    assert "请联系班主任" not in main_of(learner, "/learn/")
    assert second.post(f"{at}sign/", {"after": 1, "decision": "sign", "text": ""}).url == at
    assert "已由两人核验" in main_of(head, at)
    assert "已由两人核验" in main_of(learner, f"/learn/records/{DAY}/")
    assert IdentityReview.objects.get().agrees


def test_what_is_lacking_is_asked_for_and_what_was_typed_stays(at: str, head: Client) -> None:
    response = head.post(f"{at}state/", {"after": 0, "result": "seen", "text": "在教室里"})
    assert response.status_code == 400
    assert response.content.decode().count("核验本人必须填写。") == 3
    assert "在教室里" in response.content.decode()
    assert head.post(f"{at}state/", {"after": 0, "result": "not_seen"}).status_code == 400
    assert head.post(f"{at}state/", SEEN | {"time": "昨天"}).status_code == 400
    assert not IdentityStatement.objects.exists()


def test_a_time_at_which_nobody_learned_is_refused_in_words(at: str, head: Client) -> None:
    response = head.post(f"{at}state/", SEEN | {"time": "07:00"})
    assert response.status_code == 409
    assert "那个时刻学员没有在学习" in response.content.decode()


def test_roles_do_only_their_own_part(at: str, head: Client, second: Client, learner: Client, clock: HandClock) -> None:
    assert second.post(f"{at}state/", SEEN).status_code == 403
    assert head.post(f"{at}sign/", {"after": 1, "decision": "sign"}).status_code == 403
    assert learner.get(at).status_code == 403
    assert client_of(classroom(clock.now()).head_teacher).post(f"{at}state/", SEEN).status_code == 404
    assert head.get(at.replace(DAY, "2026-11-23")).status_code == 404
    assert head.get(at.replace(DAY, "gestern")).status_code == 404


def test_what_is_sent_back_is_stated_anew(at: str, head: Client, second: Client) -> None:
    head.post(f"{at}state/", SEEN)
    assert second.post(f"{at}sign/", {"after": 1, "decision": "send_back", "text": ""}).status_code == 400
    second.post(f"{at}sign/", {"after": 1, "decision": "send_back", "text": "请写明怎样核对。"})
    page = main_of(head, at)
    assert "请写明怎样核对。" in page
    assert 'name="after" value="1"' in page


def test_supervisors_look_and_do_nothing(room: Classroom, at: str, clock: HandClock) -> None:
    near = supervisor("4401", clock)
    there = at.replace("/institution/", "/region/")
    assert "待老师核验" in main_of(near, list_of(room).replace("/institution/", "/region/"))
    assert "<textarea" not in main_of(near, there)
    assert supervisor("4403", clock).get(there).status_code == 404


def test_what_waits_is_counted_for_whoever_s_turn_it_is(
    room: Classroom, at: str, head: Client, second: Client, clock: HandClock
) -> None:
    for client, number in ((head, "1"), (second, "")):
        page = text_of(client, "/institution/identity/")
        assert room.training_class.name in page
        assert (f'<span class="nav-count">({number})</span>' in page) == bool(number)
    head.post(f"{at}state/", SEEN)
    assert '<span class="nav-count">(1)</span>' in text_of(second, "/institution/identity/")
    assert "nav-count" not in text_of(head, "/institution/identity/")
    assert "本班没有人工核验的学员" in text_of(client_of(classroom(clock.now()).head_teacher), "/institution/identity/")


def test_on_a_later_day_the_learner_is_told_what_is_lacking(at: str, learner: Client, clock: HandClock) -> None:
    clock.advance(24 * 3_600_000)
    page = main_of(learner, "/learn/")
    assert "这一天还没有核验" in page
    assert "请备好身份证" not in page


def test_what_was_entered_later_says_so(at: str, head: Client, clock: HandClock) -> None:
    clock.advance(2 * 24 * 3_600_000)
    head.post(f"{at}state/", SEEN)
    assert "核对身份证 · 2 天后填写" in main_of(head, at)


NOT_SEEN = {"after": 0, "result": "not_seen", "text": "联系不上学员。"}


def test_whoever_could_not_be_confirmed_is_told_the_way_back(
    room: Classroom, at: str, head: Client, second: Client, learner: Client
) -> None:
    head.post(f"{at}state/", NOT_SEEN)
    second.post(f"{at}sign/", {"after": 1, "decision": "sign"})
    assert "请在结算前联系班主任" in main_of(learner, f"/learn/classes/{room.training_class.pk}/")


def test_a_day_that_was_not_confirmed_is_stated_anew_until_the_class_is_settled(
    room: Classroom, at: str, head: Client, second: Client, clock: HandClock
) -> None:
    head.post(f"{at}state/", NOT_SEEN)
    second.post(f"{at}sign/", {"after": 1, "decision": "sign"})
    assert 'name="after" value="1"' in main_of(head, at)
    settled_class(room, clock.now())
    assert "<textarea" not in main_of(head, at)
    assert head.post(f"{at}state/", SEEN | {"after": 1}).status_code == 409
    assert IdentityStatement.objects.count() == 1
