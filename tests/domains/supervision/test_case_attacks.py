"""Who tries to decide about hours without the right to: other regions, colleagues, who opened, who takes part (clauses M6, C5)."""

from collections.abc import Iterator
from datetime import date

import pytest

from jiangxue.accounts.models import Account, Membership
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import DayTotal
from jiangxue.supervision.errors.cases import (
    EnoughSaid,
    NoSuchCase,
    NotTheTurn,
    NotYours,
    SamePerson,
    TakesPart,
)
from jiangxue.supervision.models import Case, CaseStep
from jiangxue.supervision.rules.cases import MOST_EXPLANATIONS
from jiangxue.supervision.services.cases_deciding import Proposal, Review, propose, review
from tests.factories import people
from tests.factories.cases import (
    asks_on,
    both_explained,
    decides,
    explained,
    officer,
    opened_case,
    proposes,
)
from tests.factories.classes import classroom
from tests.factories.lives import Life, life_begun
from tests.refusals import refusal_of
from tests.worlds import Worlds


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life_begun, clock) as found:
        yield found


@pytest.fixture
def first(lived: Life) -> Viewer:
    return people.viewer(officer(lived.clock.now(), name="陈科员"))


@pytest.fixture
def second(lived: Life) -> Viewer:
    return people.viewer(officer(lived.clock.now(), name="林科长"))


@pytest.fixture
def case(lived: Life, first: Viewer) -> Case:
    opened = opened_case(first, lived.room, lived.clock)
    both_explained(lived.room, opened.pk, lived.clock)
    return opened


def day_of(lived: Life) -> date:
    return DayTotal.objects.order_by("day").first().day  # type: ignore[union-attr]


def test_the_same_person_does_not_decide_what_they_proposed(lived: Life, case: Case, second: Viewer) -> None:
    proposes(second, case.pk, lived.clock)
    assert refusal_of(lambda: decides(second, case.pk, lived.clock)) is SamePerson


def test_who_opened_does_not_decide_but_may_send_back(lived: Life, case: Case, first: Viewer, second: Viewer) -> None:
    proposes(second, case.pk, lived.clock, day_of(lived))
    assert refusal_of(lambda: decides(first, case.pk, lived.clock)) is SamePerson
    decides(first, case.pk, lived.clock, approves=False)
    proposes(first, case.pk, lived.clock)
    decides(second, case.pk, lived.clock)


@pytest.mark.parametrize("region", ["440105", "4402", "45"])
def test_a_supervisor_of_another_region_finds_nothing(lived: Life, case: Case, region: str) -> None:
    other = people.viewer(officer(lived.clock.now(), region))
    for act in (
        lambda: proposes(other, case.pk, lived.clock),
        lambda: decides(other, case.pk, lived.clock),
        lambda: asks_on(other, case.pk, lived.clock),
    ):
        assert refusal_of(act) is NoSuchCase
    with pytest.raises(NotInClass):
        opened_case(other, lived.room, lived.clock)


def test_a_district_looks_at_what_its_city_opened_and_decides_nothing(lived: Life, first: Viewer) -> None:
    city, colleague = (people.viewer(officer(lived.clock.now(), "4401")) for _ in range(2))
    case = opened_case(city, lived.room, lived.clock)
    assert refusal_of(lambda: proposes(first, case.pk, lived.clock)) is NotYours
    assert refusal_of(lambda: asks_on(first, case.pk, lived.clock)) is NotYours
    proposes(city, case.pk, lived.clock)
    assert refusal_of(lambda: decides(first, case.pk, lived.clock)) is NotYours
    decides(colleague, case.pk, lived.clock)


def test_a_city_may_take_over_what_its_district_let_lie(lived: Life, case: Case, first: Viewer) -> None:
    proposes(first, case.pk, lived.clock)
    decides(people.viewer(officer(lived.clock.now(), "4401")), case.pk, lived.clock)


@pytest.mark.parametrize("role", [Role.INSTITUTION_ADMINISTRATOR, Role.HEAD_TEACHER, Role.LEARNER])
def test_nobody_but_the_authority_takes_its_steps(lived: Life, case: Case, first: Viewer, role: Role) -> None:
    of = {Role.INSTITUTION_ADMINISTRATOR: lived.second, Role.HEAD_TEACHER: lived.room.head_teacher}
    viewer = people.viewer(of.get(role, lived.room.learner))
    assert refusal_of(lambda: proposes(viewer, case.pk, lived.clock)) in {NotYours, TakesPart}
    proposes(first, case.pk, lived.clock)
    assert refusal_of(lambda: decides(viewer, case.pk, lived.clock)) in {NotYours, TakesPart}


def _as_officer(account: Account, like: Viewer) -> Viewer:
    """Give somebody a role in the authority, and return how they look through it."""
    Membership.objects.create(account=account, role=Role.SUPERVISOR, organisation_id=like.organisation_id)
    return Viewer(account.pk, Role.SUPERVISOR, like.organisation_id, like.region)


def test_a_colleague_of_the_institution_with_a_role_in_the_authority_decides_nothing(
    lived: Life, case: Case, first: Viewer
) -> None:
    colleague = _as_officer(lived.second, first)
    assert refusal_of(lambda: proposes(colleague, case.pk, lived.clock)) is TakesPart
    proposes(first, case.pk, lived.clock)
    assert refusal_of(lambda: decides(colleague, case.pk, lived.clock)) is TakesPart


def test_who_learns_in_the_class_opens_and_decides_nothing_there(lived: Life, case: Case, first: Viewer) -> None:
    mate = people.account(now=lived.clock.now())
    enrol(class_id=lived.room.training_class.pk, learner_id=mate.pk, now=lived.clock.now())
    as_officer = _as_officer(mate, first)
    proposes(first, case.pk, lived.clock)
    assert refusal_of(lambda: decides(as_officer, case.pk, lived.clock)) is TakesPart
    assert refusal_of(lambda: opened_case(as_officer, lived.room, lived.clock)) is TakesPart


def test_a_learner_does_not_answer_for_another(lived: Life, case: Case) -> None:
    other = people.viewer(people.account(now=lived.clock.now()))
    assert refusal_of(lambda: explained(other, case.pk, lived.clock)) is NoSuchCase
    mate = people.account(now=lived.clock.now())
    enrol(class_id=lived.room.training_class.pk, learner_id=mate.pk, now=lived.clock.now())
    assert refusal_of(lambda: explained(people.viewer(mate), case.pk, lived.clock)) is NoSuchCase


def test_another_institution_explains_nothing(lived: Life, case: Case) -> None:
    elsewhere = classroom(lived.clock.now())
    viewer = people.viewer(elsewhere.head_teacher)
    assert refusal_of(lambda: explained(viewer, case.pk, lived.clock)) is NoSuchCase


def test_an_officer_explains_nothing(lived: Life, case: Case, first: Viewer) -> None:
    assert refusal_of(lambda: explained(first, case.pk, lived.clock)) is NotYours


def test_a_side_is_heard_often_and_not_without_end(lived: Life, first: Viewer) -> None:
    case = opened_case(first, lived.room, lived.clock)
    for _ in range(MOST_EXPLANATIONS):
        explained(lived.room.viewer, case.pk, lived.clock)
    assert refusal_of(lambda: explained(lived.room.viewer, case.pk, lived.clock)) is EnoughSaid
    explained(people.viewer(lived.room.head_teacher), case.pk, lived.clock)


def test_steps_from_an_older_page_are_refused(lived: Life, case: Case, first: Viewer, second: Viewer) -> None:
    stale = Proposal(1, frozenset(), "按照较早的页面提出。")
    assert refusal_of(lambda: propose(first, case.pk, stale, by=PROGRAM, clock=lived.clock)) is NotTheTurn
    proposes(first, case.pk, lived.clock)
    explained(lived.room.viewer, case.pk, lived.clock)
    older = Review(CaseStep.objects.count() - 1, approves=True, text="")
    assert refusal_of(lambda: review(second, case.pk, older, by=PROGRAM, clock=lived.clock)) is NotTheTurn
