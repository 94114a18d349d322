"""A session that runs when its rules change is told to open again at that moment, and goes on under the new ones (clause T2.5)."""

from datetime import datetime, timedelta

import pytest

from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import StudySession
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.rules.drafts import Draft
from jiangxue.policies.rules.reach import Reach
from jiangxue.policies.rules.time_policy import MINUTE_MS
from jiangxue.policies.services import set_time_policy
from tests.attacks.client import Page
from tests.attacks.conftest import honest_window, open_url, way_of
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness

REGION = "810001"
"""Rows of this database stay: no other test teaches in this region, so that none is ruled by what is set here."""


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=3_600_000, region=REGION)


def set_for(room: Classroom, scope: str, begins_at: datetime | None, now: datetime, minutes: int = 60) -> PolicyVersion:
    """Let whoever may do so shorten the day of a scope in which the room lies."""
    school, number = room.institution, room.training_class.pk
    principal = Viewer(2, Role.INSTITUTION_ADMINISTRATOR, school.pk, REGION)
    viewer, reach = {
        "region": (Viewer(1, Role.SUPERVISOR, None, REGION), Reach(REGION)),
        "institution": (principal, Reach(REGION, school.pk)),
        "class": (principal, Reach(REGION, school.pk, number)),
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
    assert before.policy_version != made.pk == after.policy_version
    assert after.policy["day_cap_ms"] == 60 * MINUTE_MS
    assert window.reached_ms == 600_000


@pytest.mark.clause("T2.5")
def test_a_version_from_now_on_rules_the_very_next_opening(room: Classroom, hot: Harness, clock: HandClock) -> None:
    page = Page(way_of(room.learner, hot), open_url(room))
    assert page.open()[1]["cap_ms"] == 360 * MINUTE_MS
    made = set_for(room, "class", None, clock.now(), minutes=90)
    assert page.open()[1]["cap_ms"] == 90 * MINUTE_MS
    assert StudySession.objects.get(pk=page.session).policy_version == made.pk
