"""A session that runs when its rules change is told to open again at that moment, and goes on under the new ones (clause T2.5)."""

from datetime import datetime, timedelta

import pytest

from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.services.renewing import renew_running
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.rules.drafts import Draft
from jiangxue.policies.rules.reach import Reach
from jiangxue.policies.rules.time_policy import MINUTE_MS
from jiangxue.policies.services import set_time_policy
from tests.attacks.client import Page
from tests.attacks.conftest import honest_window, open_url, way_of
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness

REGION, QUIET_REGION = "810001", "820001"
"""Rows of this database stay: no other test teaches in these regions, and the rules of the second one are left alone."""


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000, region=REGION)


@pytest.fixture
def quiet_room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000, region=QUIET_REGION)


def set_for(room: Classroom, scope: str, begins_at: datetime | None, now: datetime, minutes: int = 60) -> PolicyVersion:
    """Let whoever may do so shorten the day of a scope in which the room lies."""
    school, number, region = room.institution, room.training_class.pk, room.institution.region_id
    principal = Viewer(2, Role.INSTITUTION_ADMINISTRATOR, school.pk, region)
    viewer, reach = {
        "region": (Viewer(1, Role.SUPERVISOR, None, region), Reach(region)),
        "institution": (principal, Reach(region, school.pk)),
        "class": (principal, Reach(region, school.pk, number)),
    }[scope]
    values = {"day_cap_ms": minutes * MINUTE_MS, "class_day_cap_ms": minutes * MINUTE_MS}
    return set_time_policy(viewer, reach, Draft(values, "缩短每日时长", begins_at=begins_at), by=PROGRAM, now=now)


@pytest.mark.clause("T2.5")
@pytest.mark.parametrize("scope", ["class", "institution", "region"])
def test_a_running_session_renews_when_a_version_of_any_scope_begins(
    room: Classroom, hot: Harness, clock: HandClock, scope: str
) -> None:
    begins_at = clock.now() + timedelta(minutes=5)
    made = set_for(room, scope, begins_at, clock.now())
    window = honest_window(way_of(room.learner, hot), open_url(room), clock)
    window.start()
    window.watch(600_000)
    window.leave()
    before, after = StudySession.objects.filter(learner=room.learner).order_by("opened_at")
    assert before.end_reason == "reopened"
    assert begins_at <= after.opened_at <= begins_at + timedelta(seconds=36)
    assert made.pk not in before.policy_versions
    assert made.pk in after.policy_versions
    assert after.policy["day_cap_ms"] == 60 * MINUTE_MS
    assert window.reached_ms == 600_000


@pytest.mark.clause("T2.5")
def test_a_version_from_now_on_rules_the_very_next_opening(room: Classroom, hot: Harness, clock: HandClock) -> None:
    page = Page(way_of(room.learner, hot), open_url(room))
    assert page.open()[1]["cap_ms"] == 360 * MINUTE_MS
    made = set_for(room, "class", None, clock.now(), minutes=90)
    assert page.open()[1]["cap_ms"] == 90 * MINUTE_MS
    assert StudySession.objects.get(pk=page.session).policy_versions[-1] == made.pk


@pytest.mark.clause("T2.5")
@pytest.mark.parametrize("minutes", [None, 3, 20])
def test_a_session_that_ran_when_the_version_was_made_renews_as_well(
    quiet_room: Classroom, hot: Harness, clock: HandClock, minutes: int | None
) -> None:
    """From now on, from soon, from later; nothing that was watched is lost."""
    window = honest_window(way_of(quiet_room.learner, hot), open_url(quiet_room), clock)
    window.start()
    window.watch(90_000)
    made_at = clock.now()
    made = set_for(quiet_room, "class", made_at + timedelta(minutes=minutes) if minutes else None, made_at)
    reach = Reach(QUIET_REGION, quiet_room.institution.pk, quiet_room.training_class.pk)
    assert renew_running(reach, made.pk, made.valid_from) == 1
    window.watch(1_380_000)
    window.leave()
    assert StudySession.objects.filter(learner=quiet_room.learner).count() == 2
    before, after = StudySession.objects.filter(learner=quiet_room.learner).order_by("opened_at")
    assert made.valid_from <= after.opened_at <= made.valid_from + timedelta(seconds=45)
    assert before.end_reason == "reopened"
    assert after.policy_versions[-1] == made.pk
    assert window.reached_ms == 1_470_000


@pytest.mark.clause("T2.5")
def test_a_page_that_ignores_a_rule_made_meanwhile_is_ended_a_minute_after_it_begins(
    quiet_room: Classroom, hot: Harness, clock: HandClock
) -> None:
    page = Page(way_of(quiet_room.learner, hot), open_url(quiet_room))
    page.open()
    clock.advance(30_000)
    renew_running(Reach(QUIET_REGION, quiet_room.institution.pk, quiet_room.training_class.pk), 0, clock.now())
    assert page.beat(30_000)[1]["directive"] == {"do": "renew"}
    clock.advance(60_000)
    status, answer = page.beat(90_000)
    assert (status, answer["directive"]["reason"]) == (410, "reopened")


def test_sessions_elsewhere_and_those_that_renew_sooner_stay_as_they_are(
    quiet_room: Classroom, hot: Harness, clock: HandClock
) -> None:
    page = Page(way_of(quiet_room.learner, hot), open_url(quiet_room))
    page.open()
    soon, later = clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=2)
    school, number = quiet_room.institution.pk, quiet_room.training_class.pk
    for elsewhere in (Reach(QUIET_REGION, school, 10**9), Reach(QUIET_REGION, 10**9), Reach("810002"), Reach("83")):
        assert renew_running(elsewhere, 0, soon) == 0
    for here, begins_at in ((Reach(QUIET_REGION, school, number), soon), (Reach(QUIET_REGION, school), later)):
        renew_running(here, 0, begins_at)
        assert Lease.objects.get(session=page.session).renew_at_ms == to_ms(soon)


@pytest.mark.clause("T2.5")
def test_a_session_opened_between_the_request_and_its_commit_renews_too(
    quiet_room: Classroom, hot: Harness, clock: HandClock
) -> None:
    asked_at = clock.now()
    clock.advance(20)
    page = Page(way_of(quiet_room.learner, hot), open_url(quiet_room))
    page.open()
    made = set_for(quiet_room, "class", None, asked_at)
    reach = Reach(QUIET_REGION, quiet_room.institution.pk, quiet_room.training_class.pk)
    assert renew_running(reach, made.pk, made.valid_from) == 1
    clock.advance(30_000)
    assert page.beat(30_000)[1]["directive"] == {"do": "renew"}
