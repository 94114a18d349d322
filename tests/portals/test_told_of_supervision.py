"""Both sides of cases, orders and samples are told of what waits for them, by when, and no more once it is done. Clauses M6, C5."""

from datetime import timedelta

import pytest

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Viewer
from jiangxue.notices.models import Notice
from jiangxue.supervision.models import RectificationOrder
from jiangxue.supervision.rules.sampling import SampleWord
from jiangxue.supervision.services import orders
from jiangxue.supervision.services.cases_deciding import let_lapse
from jiangxue.supervision.services.orders import OrderWord
from jiangxue.supervision.services.sampling import Said, say_word
from jiangxue.supervision.services.telling_of_deadlines import tell_of_deadlines
from tests.factories import cases, people
from tests.factories.classes import Classroom
from tests.factories.supervising import actor, classmates, drafted, drawn_by, issued, supervisor_account
from tests.portals.told import open_all, sentences, unread

pytestmark = pytest.mark.clause("C5")


@pytest.fixture
def opener(room: Classroom, clock: HandClock) -> Account:
    return cases.officer(clock.now())


@pytest.fixture
def decider(room: Classroom, clock: HandClock) -> Account:
    return cases.officer(clock.now(), name="赵科长")


@pytest.mark.clause("M6")
def test_a_case_tells_both_sides_without_what_is_said_in_it(
    room: Classroom, principal: Account, opener: Account, clock: HandClock
) -> None:
    cases.opened_case(people.viewer(opener), room, clock)
    assert open_all(room.learner) == {"case.opened_learner": "/learn/cases/N/"}
    assert open_all(room.head_teacher) == {"case.opened": "/institution/cases/N/"}
    assert unread(principal) == ["case.opened"]
    for who in (room.learner, room.head_teacher):
        page = sentences(who)
        assert "请在 2026-12-01 前说明情况" in page
        assert cases.GROUNDS not in page
        assert cases.QUESTION not in page
    assert room.learner.name not in sentences(principal)


@pytest.mark.clause("M6")
def test_a_case_goes_from_explanations_to_proposal_to_decision(
    room: Classroom, principal: Account, opener: Account, decider: Account, clock: HandClock
) -> None:
    case = cases.opened_case(people.viewer(opener), room, clock)
    cases.explained(people.viewer(room.head_teacher), case.pk, clock)
    assert (unread(principal), unread(room.head_teacher)) == ([], []), "one of the institution has explained for all"
    assert unread(room.learner) == ["case.opened_learner"]
    assert open_all(opener) == {"case.explained": "/region/cases/N/"}
    cases.asks_on(people.viewer(opener), case.pk, clock)
    assert unread(principal) == unread(room.head_teacher) == ["case.asked"]
    assert unread(room.learner) == ["case.opened_learner", "case.asked_learner"]
    cases.explained(room.viewer, case.pk, clock)
    assert unread(room.learner) == []
    cases.proposes(people.viewer(opener), case.pk, clock)
    assert (unread(opener), unread(decider)) == ([], ["case.proposed"])
    cases.decides(people.viewer(decider), case.pk, clock, approves=False)
    assert (unread(opener), unread(decider)) == (["case.sent_back"], [])
    cases.proposes(people.viewer(opener), case.pk, clock)
    cases.decides(people.viewer(decider), case.pk, clock)
    assert unread(room.learner) == ["case.decided_learner"]
    assert unread(principal) == unread(room.head_teacher) == ["case.decided"]
    assert (unread(opener), unread(decider)) == (["case.decided_officer"], [])
    for who in (room.learner, principal, opener):
        assert open_all(who)


def test_those_who_have_not_explained_are_told_once_more_before_their_last_day(
    room: Classroom, principal: Account, opener: Account, clock: HandClock
) -> None:
    case = cases.opened_case(people.viewer(opener), room, clock)
    cases.explained(people.viewer(principal), case.pk, clock)
    tell_of_deadlines(clock.now())
    assert unread(room.learner) == ["case.opened_learner"], "the last day is a week ahead"
    clock.at += timedelta(days=6)
    for _ in range(2):
        tell_of_deadlines(clock.now())
    assert unread(room.learner) == ["case.opened_learner", "case.due_learner"]
    assert unread(principal) == []
    clock.at += timedelta(days=30)
    for _ in range(2):
        tell_of_deadlines(clock.now())
    assert unread(opener) == ["case.explained", "case.overdue"]


def test_hours_that_come_back_by_themselves_are_told_of(
    room: Classroom, principal: Account, opener: Account, clock: HandClock
) -> None:
    cases.opened_case(people.viewer(opener), room, clock)
    Notice.objects.update(read_at=clock.now())
    clock.at += timedelta(days=60)
    assert let_lapse(clock=clock) == 1
    assert unread(room.learner) == ["case.lapsed_learner"]
    assert unread(principal) == ["case.lapsed"]
    assert unread(opener) == ["case.overdue"]


def test_who_opened_a_case_and_left_is_told_no_more_but_their_successor_is(
    room: Classroom, opener: Account, decider: Account, clock: HandClock
) -> None:
    case = cases.opened_case(people.viewer(opener), room, clock)
    opener.memberships.all().delete()
    cases.explained(room.viewer, case.pk, clock)
    assert (unread(opener), unread(decider)) == ([], ["case.explained"])


@pytest.fixture
def authority(room: Classroom, clock: HandClock) -> Account:
    return supervisor_account("440104", clock)


def answers(viewer: Viewer, order: RectificationOrder, clock: HandClock, after: int) -> None:
    orders.answer_order(viewer, order.pk, OrderWord(after, "考勤已补齐。"), by=actor(viewer), clock=clock)


def test_an_order_goes_to_the_institution_and_its_answer_to_the_authority(
    room: Classroom, principal: Account, authority: Account, clock: HandClock
) -> None:
    viewer, school = people.viewer(authority), people.viewer(principal)
    drafted(viewer, room, clock)
    assert unread(principal) == [], "drafts are the authority's own"
    order = issued(viewer, room, clock)
    assert open_all(principal) == {"order.issued": "/institution/orders/N/"}
    assert unread(room.head_teacher) == ["order.issued"]
    assert "补齐实操考勤" in sentences(room.head_teacher)
    answers(school, order, clock, 2)
    assert unread(room.head_teacher) == []
    assert open_all(authority) == {"order.answered": "/region/orders/N/"}
    again = OrderWord(3, "还缺十一月的。", due_on=learning_day(clock.now()) + timedelta(days=5))
    orders.demand_again(viewer, order.pk, again, by=actor(viewer), clock=clock)
    assert unread(principal) == unread(room.head_teacher) == ["order.demanded"]
    answers(school, order, clock, 4)
    orders.accept_order(viewer, order.pk, OrderWord(5), by=actor(viewer), clock=clock)
    assert unread(authority) == []
    assert open_all(principal) == {"order.accepted": "/institution/orders/N/"}


def test_each_deadline_of_an_order_is_told_of_once_three_days_before_and_when_it_is_over(
    room: Classroom, principal: Account, authority: Account, clock: HandClock
) -> None:
    viewer, school = people.viewer(authority), people.viewer(principal)
    order = issued(viewer, room, clock, days=10)
    clock.at += timedelta(days=6)
    tell_of_deadlines(clock.now())
    assert unread(principal) == ["order.issued"]
    clock.at += timedelta(days=1)
    for _ in range(2):
        tell_of_deadlines(clock.now())
    assert open_all(principal) == {"order.issued": "/institution/orders/N/", "order.due": "/institution/orders/N/"}
    clock.at += timedelta(days=4)
    for _ in range(2):
        tell_of_deadlines(clock.now())
    assert (unread(principal), unread(authority)) == ([], ["order.late"])
    answers(school, order, clock, 2)
    assert unread(authority) == ["order.answered"]
    again = OrderWord(3, "还缺十一月的。", due_on=learning_day(clock.now()) + timedelta(days=2))
    orders.demand_again(viewer, order.pk, again, by=actor(viewer), clock=clock)
    tell_of_deadlines(clock.now())
    assert unread(principal) == ["order.demanded", "order.due"]


def test_an_order_that_is_withdrawn_asks_nobody_for_an_answer(
    room: Classroom, principal: Account, authority: Account, clock: HandClock
) -> None:
    viewer = people.viewer(authority)
    order = issued(viewer, room, clock)
    orders.withdraw_order(viewer, order.pk, OrderWord(2, "下发有误。"), by=actor(viewer), clock=clock)
    assert unread(principal) == unread(room.head_teacher) == ["order.withdrawn"]


def test_colleagues_are_told_that_a_sample_shows_something_until_nobody_is_to_be_looked_at(
    room: Classroom, authority: Account, clock: HandClock
) -> None:
    colleague = supervisor_account("440104", clock)
    classmates(room, clock, 2)
    viewer = people.viewer(authority)
    draw = drawn_by(viewer, clock, size=2)

    def says(ordinal: int, word: SampleWord, after: int) -> None:
        say_word(viewer, Said(draw.pk, ordinal, word, after), by=actor(viewer), now=clock.now())

    says(1, SampleWord.LOOK_CLOSER, 0)
    assert (unread(colleague), unread(authority)) == (["sample.look_closer"], [])
    says(2, SampleWord.FINE, 0)
    assert unread(colleague) == ["sample.look_closer"]
    says(1, SampleWord.FINE, 1)
    assert unread(colleague) == []
    says(2, SampleWord.LOOK_CLOSER, 1)
    assert open_all(colleague) == {"sample.look_closer": "/region/samples/N/"}
