"""Confirming time by hand, as somebody with the application's rights could, and judging again that finds it. Clauses T1.3, T0."""

import pytest
from django.db.models import F

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check, DayTotal, LessonProgress, Segment, Verdict
from jiangxue.learning.rules.differences import What
from jiangxue.learning.services.recomputing import recompute
from tests.attacks.checks import MINUTE_MS, due_after, learn, passed, sweep
from tests.attacks.client import LEAVE, Page
from tests.attacks.conftest import PageFor
from tests.conftest import Drawn
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=7_200_000)


def left(page: Page, clock: HandClock) -> None:
    page.beat(page.credited_ms, flags=LEAVE)
    clock.advance(5_000)
    sweep()


@pytest.fixture
def learned(room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn) -> Check:
    """Return the passed check of a learner who learned five minutes before it and five after it."""
    due_after(chance, 5 * MINUTE_MS)
    page = page_for()
    page.open()
    learn(page, clock, 5 * MINUTE_MS)
    passed(page)
    learn(page, clock, 5 * MINUTE_MS)
    left(page, clock)
    return Check.objects.get(learner=room.learner)


def confirm_by_hand(check: Check, segment: Segment) -> None:
    """Append a verdict over what a segment credits, and move the totals as if it were a real one."""
    spans = [[start_ms, end_ms] for start_ms, end_ms, reason in segment.stretches if reason is None]
    assert check.settled_at
    Verdict.objects.create(
        segment=segment,
        check_made=check,
        kind="confirmed",
        ms=segment.credited_ms,
        stretches=spans,
        at=check.settled_at,
    )
    ms, session = segment.credited_ms, segment.session
    DayTotal.objects.filter(learner=session.learner_id).update(confirmed_ms=F("confirmed_ms") + ms)
    LessonProgress.objects.filter(enrolment=session.enrolment_id).update(confirmed_ms=F("confirmed_ms") + ms)


def found(room: Classroom) -> set[What]:
    return {difference.what for difference in recompute(room.training_class.pk).differences}


@pytest.mark.clause("T1.3", "T0")
def test_the_honest_twin_has_no_differences(room: Classroom, learned: Check) -> None:
    assert not found(room)


@pytest.mark.clause("T1.3", "T0")
def test_time_after_a_check_is_not_confirmed_by_it(room: Classroom, learned: Check) -> None:
    confirm_by_hand(learned, Segment.objects.filter(session__learner=room.learner, credited_ms__gt=0).latest("pk"))
    assert found(room) == {What.VERDICTS, What.CHECK}


@pytest.mark.clause("T1.3", "T0")
def test_nobodys_time_is_confirmed_by_somebody_elses_check(
    room: Classroom, learned: Check, page_for: PageFor, clock: HandClock
) -> None:
    friend = people.account(now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=friend.pk, now=clock.now())
    page = page_for(friend)
    page.open()
    learn(page, clock, 2 * MINUTE_MS)
    left(page, clock)
    confirm_by_hand(learned, Segment.objects.get(session__learner=friend, credited_ms__gt=0))
    assert found(room) == {What.VERDICTS, What.CHECK}
