"""Two who hold one enrolled face against the document at the same moment, on real connections: the first one counts, the second is told (clause M6)."""

from datetime import timedelta

import pytest

from jiangxue.facecheck.models import DocumentComparison, FaceTemplate
from jiangxue.kernel.clock import HandClock, MachineClock
from tests.at_once import at_once
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import DIFFERS, looked_at, says_of, waiting
from tests.factories.face_cases import faces_checked, head


@pytest.fixture
def clock(committed_database: str) -> HandClock:
    return HandClock((MachineClock().now() - timedelta(days=1)).replace(hour=1, minute=0, microsecond=0))


@pytest.fixture
def room(clock: HandClock) -> Classroom:
    return faces_checked(classroom(clock.now()), clock)


@pytest.mark.clause("M6")
def test_the_first_one_counts_and_the_second_is_told(room: Classroom, clock: HandClock) -> None:
    one, other = head(room), people.viewer(administrator(room, clock))
    for viewer in (one, other):
        looked_at(viewer, room, clock)
    (face,) = waiting(one, room, clock)
    ends = at_once(lambda: says_of(one, room, face, clock), lambda: says_of(other, room, face, clock, DIFFERS))
    assert ends == ["NotTheTurn", "done"]
    said = DocumentComparison.objects.get()
    assert FaceTemplate.objects.exists() == (said.outcome == "matches")
    told = [each["data"]["outcome"] for each in events_of(room.enrolment.aid) if each["kind"] == "face.compared"]
    assert told == [said.outcome]
