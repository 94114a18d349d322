"""Confirmed time that nothing confirmed is found, and the report states it on both sides (clauses T1.3, T0)."""

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal, LessonProgress
from jiangxue.learning.rules.differences import What
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.recomputing import recompute
from tests.conftest import MORNING
from tests.factories.classes import classroom
from tests.factories.learning import opened, watched


@pytest.mark.clause("T1.3", "T0")
def test_confirmed_time_that_was_raised_is_found_with_both_figures(db: None, clock: HandClock) -> None:
    room = classroom(MORNING)
    watched(opened(room, clock), clock, 4, flags=Flag.LEAVE)
    end_overdue(clock=clock)
    DayTotal.objects.update(confirmed_ms=60_000)
    LessonProgress.objects.update(confirmed_ms=50_000)
    differences = {each.what: each.facts for each in recompute(room.training_class.pk).differences}
    assert set(differences) == {What.DAY_TOTAL, What.PROGRESS}
    for what, forged_ms in ((What.DAY_TOTAL, 60_000), (What.PROGRESS, 50_000)):
        facts = differences[what]
        assert (facts["recorded"], facts["found"]) == (120_000, 120_000)
        assert (facts["recorded_confirmed"], facts["found_confirmed"]) == (forged_ms, 0)
