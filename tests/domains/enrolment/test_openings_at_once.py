"""Two who act on applications at the same moment, on real connections."""

from dataclasses import replace

import pytest

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import ClassOpening, Enrolment, OpeningStep, TrainingClass
from jiangxue.enrolment.services.openings import open_approved, withdraw_opening
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.kernel.viewer import Role
from tests.at_once import at_once
from tests.factories import people
from tests.factories.openings import Office, actor, approved, complete, office, open_now, person, submitted


@pytest.fixture
def clock(committed_database: str) -> HandClock:
    return HandClock(MachineClock().now().replace(hour=1, minute=0, microsecond=0))


@pytest.fixture
def of(clock: HandClock) -> Office:
    return office(clock.now())


def ready(of: Office, clock: HandClock, *serials: int) -> ClassOpening:
    opening = complete(of, clock.now(), *(person(serial) for serial in serials))
    submitted(of, opening, clock.now())
    return approved(of, opening, clock.now())


def test_two_who_open_one_class_at_once_open_one(of: Office, clock: HandClock) -> None:
    opening = ready(of, clock, 1, 2)
    assert at_once(*[lambda: open_now(of, opening, clock.now())] * 2) == ["done", "done"]
    assert TrainingClass.objects.count() == 1
    assert Enrolment.objects.count() == 2
    assert OpeningStep.objects.filter(opening=opening, kind="opened").count() == 1


def test_an_opening_and_a_withdrawal_at_once_are_one_of_both(of: Office, clock: HandClock) -> None:
    opening = ready(of, clock, 3)
    put = {"viewer": people.viewer(of.administrator), "opening_id": opening.pk, "by": actor(of.administrator)}
    ends = at_once(
        lambda: open_approved(now=clock.now(), **put), lambda: withdraw_opening(words="", now=clock.now(), **put)
    )
    assert ends == ["NotNow", "done"]


@pytest.mark.clause("M1")
def test_one_newcomer_on_two_rosters_opened_at_once_is_one_account(of: Office, clock: HandClock) -> None:
    """Both checks look before either class is there, for no teacher is in both; the enlisting comes one after the other."""
    teacher = people.account((Role.HEAD_TEACHER, of.institution.pk), now=clock.now(), name="周老师")
    first, second = ready(of, clock, 4, 5), ready(replace(of, head_teacher=teacher), clock, 4, 6)
    before = Account.objects.count()
    ends = at_once(*[lambda each=each: open_now(of, each, clock.now()) for each in (first, second)])
    assert "done" in ends
    assert set(ends) <= {"done", "UnfitApplication"}
    assert Account.objects.count() == before + 2 + ends.count("done") - 1


def test_two_decisions_at_once_are_one(of: Office, clock: HandClock) -> None:
    opening = submitted(of, complete(of, clock.now()), clock.now())
    assert at_once(*[lambda: approved(of, opening, clock.now())] * 2) == ["NotNow", "done"]


@pytest.mark.clause("T7")
def test_two_classes_of_one_teacher_at_one_hour_opened_at_once_are_one(of: Office, clock: HandClock) -> None:
    waiting = [ready(of, clock, 7), ready(of, clock, 8)]
    assert at_once(*[lambda each=each: open_now(of, each, clock.now()) for each in waiting]) == [
        "UnfitApplication",
        "done",
    ]
    assert TrainingClass.objects.count() == 1
