"""Two at the same moment: one signature, one statement, one review."""

from datetime import timedelta

import pytest

from jiangxue.attendance.models import AttendanceMark, AttendanceReview, AttendanceStatement
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.at_once import at_once
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.attendance import PHONE, item, reviews, seen, states
from tests.factories.attendance import sign as sign_seen
from tests.factories.classes import classroom

pytestmark = pytest.mark.clause("C3")


def test_a_learner_who_taps_on_two_phones_signs_once(committed_database: str, clock: HandClock) -> None:
    room = classroom(clock.now())
    read = seen(item(room, clock.now() + timedelta(minutes=10)), clock)
    taps = [lambda: sign_seen(room.viewer, read, PHONE, clock=clock)] * 4
    assert at_once(*taps) == ["done"] * 4
    assert AttendanceMark.objects.count() == 1


def test_two_teachers_who_call_the_roll_at_once_state_it_once(committed_database: str, clock: HandClock) -> None:
    room = classroom(clock.now())
    other = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=other)
    of = item(room, clock.now() - timedelta(hours=2))
    viewers = [people.viewer(room.head_teacher), people.viewer(other)]
    calls = [lambda viewer=viewer: states(viewer, of, clock, None) for viewer in viewers]
    assert at_once(*calls) == ["NotTheTurn", "done"]
    assert AttendanceStatement.objects.count() == 1


def test_two_who_sign_at_once_sign_once(committed_database: str, clock: HandClock) -> None:
    room = classroom(clock.now())
    of = item(room, clock.now() - timedelta(hours=2))
    states(people.viewer(room.head_teacher), of, clock, None)
    viewers = [people.viewer(administrator(room, clock)) for _ in range(2)]
    ended = at_once(*(lambda viewer=viewer: reviews(viewer, of, clock) for viewer in viewers))
    assert ended[-1] == "done"
    assert ended[0] in {"NotTheTurn", "NothingToSay"}
    assert AttendanceReview.objects.count() == 1
