"""A document is read to its end at the pace at which it was begun: no change of a rule finishes unread pages, or takes read ones back."""

import pytest

from jiangxue.courseware.models import Lesson, Media
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.queries.progress import complete_by_place
from jiangxue.learning.services.ending import end_due
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.attacks.client import LEAVE
from tests.attacks.conftest import PageFor
from tests.factories.classes import Classroom
from tests.factories.policies import set_rule

PAGES = 5
PACE_MS = 20_000


@pytest.fixture
def booked(room: Classroom) -> Classroom:
    """Let all lessons of the room be documents of five pages."""
    media = Media.objects.filter(lesson__in=room.lessons)
    media.update(kind="document", length_ms=0, page_sizes=[[1600, 900]] * PAGES)
    room.lessons[:] = Lesson.objects.filter(pk__in=[lesson.pk for lesson in room.lessons]).order_by("position")
    return room


def read(page_for: PageFor, clock: HandClock, pages: int) -> None:
    """Read so many pages of the first document, turning each when it is full, and leave."""
    page = page_for()
    _status, answer = page.open()
    position_ms = answer["position_ms"]
    for _page in range(pages):
        clock.advance(PACE_MS)
        position_ms += PACE_MS
        page.beat(position_ms)
    clock.advance(3_000)
    page.beat(position_ms, flags=LEAVE)


def opened(page_for: PageFor, lesson: int) -> dict[str, int]:
    _status, answer = page_for(lesson=lesson).open(take_over=True)
    return {name: answer[name] for name in ("page_ms", "length_ms", "reached_ms")}


@pytest.mark.clause("T1.3", "T2.3")
def test_a_quicker_pace_finishes_no_page_that_nobody_has_read(
    booked: Classroom, page_for: PageFor, clock: HandClock
) -> None:
    read(page_for, clock, 3)
    end_due(booked.learner.pk, clock.now(), clock=clock)
    set_rule(booked, clock.now(), page_ms=5_000)
    clock.advance(1_000)
    assert opened(page_for, 0) == {"page_ms": PACE_MS, "length_ms": PAGES * PACE_MS, "reached_ms": 3 * PACE_MS}
    assert opened(page_for, 1) == {"page_ms": 5_000, "length_ms": PAGES * 5_000, "reached_ms": 0}


@pytest.mark.clause("T1.3")
def test_a_slower_pace_takes_no_document_back_that_was_read_to_its_end(
    booked: Classroom, page_for: PageFor, clock: HandClock
) -> None:
    read(page_for, clock, PAGES)
    end_due(booked.learner.pk, clock.now(), clock=clock)
    set_rule(booked, clock.now(), page_ms=60_000)
    clock.advance(1_000)
    found = opened(page_for, 0)
    assert (found["page_ms"], found["reached_ms"]) == (PACE_MS, PAGES * PACE_MS)
    _lessons, done = complete_by_place(
        [booked.enrolment.pk], booked.training_class.course_id, TimePolicy(page_ms=60_000)
    )
    assert done == {booked.enrolment.pk: 0}, "read, but no check has confirmed it yet"
