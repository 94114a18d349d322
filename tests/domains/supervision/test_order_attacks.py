"""Nobody judges an answer of their own, and no number is given twice (clause C5)."""

from dataclasses import replace

import pytest

from jiangxue.accounts.models import Membership
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation, Region
from jiangxue.supervision.errors.orders import NotYours
from jiangxue.supervision.models import RectificationOrder
from jiangxue.supervision.queries.orders import order_for
from jiangxue.supervision.services.orders import OrderWord, accept_order, answer_order
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.people import looking
from tests.factories.supervising import actor, drafted, issued, supervisor_account, supervisor_of
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C5")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


def accepts(viewer: Viewer, order: RectificationOrder, clock: HandClock) -> None:
    accept_order(viewer, order.pk, OrderWord(3), by=actor(viewer), clock=clock)


def test_nobody_of_the_institution_acts_for_the_authority(room: Classroom, clock: HandClock) -> None:
    both = supervisor_account("440104", clock)
    order = issued(people.viewer(both), room, clock)
    Membership.objects.create(account=both, organisation=room.institution, role=Role.INSTITUTION_ADMINISTRATOR)
    as_supervisor, as_school = (
        people.viewer(both),
        replace(
            people.viewer(both), role=Role.INSTITUTION_ADMINISTRATOR, organisation_id=room.institution.pk, region=None
        ),
    )
    word = OrderWord(2, "考勤已补齐，附签到表。")
    answer_order(as_school, order.pk, word, by=actor(as_school), clock=clock)
    assert refusal_of(lambda: accepts(as_supervisor, order, clock)) is NotYours
    assert refusal_of(lambda: drafted(as_supervisor, room, clock)) is NotYours
    accepts(supervisor_of("440104", clock), order, clock)


def test_a_number_that_went_with_a_moved_institution_is_not_given_again(room: Classroom, clock: HandClock) -> None:
    district = supervisor_of("440104", clock)
    issued(district, room, clock)
    moved = classroom(clock.now())
    issued(district, moved, clock)
    Region.objects.get_or_create(code="440305", defaults={"name": "南山"})
    Organisation.objects.filter(pk=moved.institution.pk).update(region="440305")
    third = issued(district, room, clock)
    with looking(district):
        assert order_for(district, third.pk).reference == "440104-2026-0003"
