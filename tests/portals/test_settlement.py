"""The page of a class's settlement: what everybody comes to, and two persons who say so (clauses T1.3, C3, C5)."""

from collections.abc import Iterator

import pytest
from django.test import Client

from jiangxue.archive.models import SettledPlace, SettlementReview
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.services.appealing import open_appeal
from tests.factories import people
from tests.factories.appeals import draft_of, proposed, silent_session
from tests.factories.classes import classroom
from tests.factories.lives import Life, life
from tests.portals.clients import client_of, main_in, main_of, supervisor, text_of
from tests.worlds import Worlds


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life, clock) as found:
        yield found


def page_of(lived: Life, portal: str = "institution") -> str:
    return f"/{portal}/classes/{lived.room.training_class.pk}/settlement/"


def end_class(lived: Life) -> None:
    lived.room.training_class.refresh_from_db()
    lived.clock.at = lived.room.training_class.term.closes_at


def both(lived: Life) -> tuple[Client, Client]:
    return client_of(lived.room.head_teacher), client_of(lived.second)


@pytest.mark.clause("T1.3", "C3")
def test_head_teacher_and_administrator_settle_a_class(lived: Life) -> None:
    lived.finish()
    lived.tests()
    head, second = both(lived)
    assert "之后才能结算" in main_of(head, page_of(lived))
    end_class(lived)
    of_class = f"/institution/classes/{lived.room.training_class.pk}/"
    assert "学时等待结算" in main_of(head, of_class)
    assert "学时等待结算" not in main_of(second, of_class)
    assert "提交结算" in main_of(head, page_of(lived))
    assert "提交结算" not in main_of(second, page_of(lived))
    said = head.post(f"{page_of(lived)}propose/", follow=True).content.decode()
    assert "等待本机构复核人确认" in said
    assert "等待您复核确认" in main_of(second, of_class)
    assert "确认结算" in main_of(second, page_of(lived))
    answer = second.post(f"{page_of(lived)}review/", {"ordinal": 1, "decision": "confirm", "text": ""}, follow=True)
    assert "本班学时已结算" in answer.content.decode()
    assert "1.33" in main_of(head, page_of(lived))
    own = client_of(lived.room.learner)
    assert "已结算：1.33 学时" in main_of(own, f"/learn/classes/{lived.room.training_class.pk}/")
    assert "1.33" in main_of(own, f"/learn/classes/{lived.room.training_class.pk}/archive/")


def test_the_roster_shows_how_many_lessons_are_recognised_before_and_after(lived: Life) -> None:
    def recognised() -> str:
        page = main_of(client_of(lived.room.head_teacher), f"/institution/classes/{lived.room.training_class.pk}/")
        return page.split("认定课节")[-1].split(">", 1)[1].split("</td>", 1)[0]

    lived.finish()
    assert recognised() == "0 / 1", "its test is owed"
    lived.tests()
    assert recognised() == "1 / 1"
    lived.settle()
    assert recognised() == "1 / 1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请写明退回的理由。"),
        ("第三课\x00请核对", "文字里有无法显示的字符，请重新输入。"),
        ("核" * 1_001, "最多 1000 字。"),
    ],
)
def test_a_send_back_without_fit_words_says_what_is_missing(lived: Life, text: str, words: str) -> None:
    end_class(lived)
    head, second = both(lived)
    head.post(f"{page_of(lived)}propose/")
    answer = second.post(f"{page_of(lived)}review/", {"ordinal": 1, "decision": "send_back", "text": text})
    assert answer.status_code == 400
    assert words in main_in(answer.content.decode())
    assert not SettlementReview.objects.exists()
    second.post(f"{page_of(lived)}review/", {"ordinal": 1, "decision": "send_back", "text": "第三课请核对"})
    assert "第三课请核对" in main_of(head, page_of(lived))


@pytest.mark.parametrize("said", [{}, {"ordinal": "x", "decision": "confirm"}, {"ordinal": 1, "decision": "destroy"}])
def test_odd_input_settles_nothing(lived: Life, said: dict[str, object]) -> None:
    end_class(lived)
    head, second = both(lived)
    head.post(f"{page_of(lived)}propose/")
    assert second.post(f"{page_of(lived)}review/", said).status_code == 400
    assert not SettledPlace.objects.exists()


def test_what_has_moved_on_meanwhile_is_a_conflict(lived: Life) -> None:
    head, second = both(lived)
    assert head.post(f"{page_of(lived)}propose/").status_code == 409, "the class still runs"
    end_class(lived)
    confirm = {"ordinal": 1, "decision": "confirm", "text": ""}
    assert second.post(f"{page_of(lived)}review/", confirm).status_code == 409, "nothing is proposed"
    head.post(f"{page_of(lived)}propose/")
    assert head.post(f"{page_of(lived)}propose/").status_code == 409
    second.post(f"{page_of(lived)}review/", confirm)
    assert second.post(f"{page_of(lived)}review/", confirm).status_code == 409


@pytest.mark.clause("M6")
def test_open_appeals_are_named_and_keep_a_class_from_being_settled(lived: Life) -> None:
    session = silent_session(lived.room, lived.clock)
    open_appeal(lived.room.viewer, draft_of(session, lived.clock), clock=lived.clock)
    end_class(lived)
    head, _ = both(lived)
    assert "申诉 1 件" in main_of(head, page_of(lived))
    assert head.post(f"{page_of(lived)}propose/").status_code == 409


@pytest.mark.clause("T1.3")
def test_minutes_given_back_later_settle_the_place_again(lived: Life) -> None:
    session = silent_session(lived.room, lived.clock)
    lived.settle()
    draft = draft_of(session, lived.clock, day=learning_day(session.opened_at))
    appeal = open_appeal(lived.room.viewer, draft, clock=lived.clock)
    proposed(lived.room, lived.clock, appeal.pk, 60_000)
    _, second = both(lived)
    answer = second.post(
        f"/institution/appeals/{appeal.pk}/review/", {"after": 1, "decision": "approve", "text": ""}, follow=True
    )
    assert answer.status_code == 200
    assert list(SettledPlace.objects.order_by("ordinal").values_list("because", flat=True)) == [None, appeal.pk]
    assert "更正后重新结算" in main_of(
        client_of(lived.room.learner), f"/learn/classes/{lived.room.training_class.pk}/archive/"
    )


@pytest.mark.clause("C5")
def test_supervisors_look_and_others_see_nothing(lived: Life, clock: HandClock) -> None:
    end_class(lived)
    own_region = supervisor("4401", clock)
    assert "学时结算" in main_of(own_region, page_of(lived, "region"))
    text_of(supervisor("4403", clock), page_of(lived, "region"), 404)
    text_of(client_of(classroom(clock.now()).head_teacher), page_of(lived), 404)
    text_of(client_of(lived.room.learner), page_of(lived), 403)
    stranger = client_of(
        people.account((Role.INSTITUTION_ADMINISTRATOR, classroom(clock.now()).institution.pk), now=clock.now())
    )
    confirm = {"ordinal": 1, "decision": "confirm", "text": ""}
    assert stranger.post(f"{page_of(lived)}review/", confirm).status_code == 404
    assert own_region.post(f"{page_of(lived, 'region')}propose/").status_code == 404
