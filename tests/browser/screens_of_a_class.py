"""Takes a picture of every page of a watched class, at phone and desktop width and as printed; run by `make screens`, no part of the tests."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from jiangxue.enrolment.models import PlanItem
from jiangxue.kernel.clock import HandClock, MachineClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Check
from jiangxue.organisations.models import Organisation
from tests.browser.screens import DEVICES, shoot
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.browser.week import class_with_a_week, learn_now, live_a_week
from tests.conftest import connected_to
from tests.factories import people
from tests.factories.attendance import attends, item
from tests.factories.classes import Classroom


@pytest.fixture(scope="module")
def lively(served_site: Site, clone_prefix: str, django_db_blocker) -> Iterator[list[Classroom]]:
    """Return a class with a week behind it, made once for both widths."""
    with django_db_blocker.unblock(), connected_to(f"{clone_prefix}_site"):
        seats = class_with_a_week(Organisation.objects.get(kind=Organisation.Kind.INSTITUTION))
        live_a_week(seats)
        learn_now(seats)
        yield seats


@DEVICES
def test_a_watched_class(
    site: Site, lively: list[Classroom], browser: Browser, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    seat = lively[4]
    school = seat.institution.pk
    staff = people.account((Role.INSTITUTION_ADMINISTRATOR, school), now=MachineClock().now() - timedelta(days=1))
    context = browser.new_context(locale="zh-CN", **options)
    page = context.new_page()
    sign_in(page, site, staff.login_name)
    place = f"{site.url}/institution/classes/{seat.training_class.pk}"
    empty = f"{site.url}/institution/classes/{site.class_id}"
    for name, address in _pages(place, seat, lively[-1]).items():
        page.goto(address)
        shoot(page, name, width)
    page.goto(f"{empty}/live/")
    shoot(page, "watch-live-empty", width)
    for name in ("live", "days", "anomalies"):
        page.goto(f"{place}/{name}/")
        page.emulate_media(media="print")
        shoot(page, f"watch-{name}-print", width)
        page.emulate_media(media="screen")
    context.close()


def attended(seat: Classroom) -> PlanItem:
    """Return a practice lesson of yesterday, at which the seat's learner was present."""
    clock = HandClock(MachineClock().now() - timedelta(days=1))
    of = PlanItem.objects.filter(training_class=seat.training_class).first() or item(seat, clock.now())
    attends(seat.learner, of, clock)
    return of


def _pages(place: str, seat: Classroom, idle: Classroom) -> dict[str, str]:
    """Return the pages of a class by name, `seat` with a missed check and `idle` without a day."""
    day = learning_day(MachineClock().now())
    missed = Check.objects.filter(learner=seat.learner, outcome="missed").latest("asked_at")
    return {
        "watch-class": f"{place}/",
        "watch-live": f"{place}/live/",
        "watch-days": f"{place}/days/",
        "watch-days-before": f"{place}/days/?until={day - timedelta(days=7)}",
        "watch-days-search": f"{place}/days/?q=没有",
        "watch-plan": f"{place}/plan/",
        "watch-plan-item": f"{place}/plan/{attended(seat).pk}/",
        "watch-day": f"{place}/days/{seat.enrolment.pk}/{learning_day(missed.asked_at)}/",
        "watch-day-empty": f"{place}/days/{idle.enrolment.pk}/{day}/",
        "watch-settlement": f"{place}/settlement/",
        "watch-archive": f"{place}/archives/{seat.enrolment.pk}/",
        "watch-archive-day": f"{place}/archives/{seat.enrolment.pk}/days/{learning_day(missed.asked_at)}/",
        "watch-archive-records": f"{place}/archives/{seat.enrolment.pk}/records/",
        "watch-anomalies": f"{place}/anomalies/",
        "watch-anomalies-kind": f"{place}/anomalies/?kind=misses_in_period",
        "watch-anomalies-empty": f"{place}/anomalies/?until={day - timedelta(days=12)}",
    }
