"""A frozen day keeps out what was attended on it too, and papers say so. Clauses M6, C5, T1.3; docs/rules/settlement.md."""

from datetime import date, timedelta

import pytest

from jiangxue.archive.queries.settlements import hours_now, recognised_lessons
from jiangxue.archive.rules.freezes import Days
from jiangxue.archive.rules.settlement import SettledItem
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import DayTotal
from jiangxue.supervision.queries.cases import case_for, learned_days
from jiangxue.supervision.queries.hours_proofs import Provable, provable
from jiangxue.supervision.rules.hours_proofs import kept_hours
from tests.factories import people
from tests.factories.attendance import attends, item
from tests.factories.cases import both_explained, decides, officer, opened_case, proposes
from tests.factories.lives import Life, life

pytestmark = pytest.mark.clause("M6", "C5", "T1.3")
LONG_MS = 90 * 60_000


@pytest.fixture
def lived(db: None, clock: HandClock) -> Life:
    """Return a learner who has learned the whole lesson on one day and was at a practice lesson two days later."""
    found = life(clock)
    found.finish()
    found.tests()
    of = item(found.room, clock.now() + timedelta(days=2))
    attends(found.room.learner, of, clock)
    return found


@pytest.fixture
def first(lived: Life) -> Viewer:
    return people.viewer(officer(lived.clock.now(), name="陈科员"))


@pytest.fixture
def second(lived: Life) -> Viewer:
    return people.viewer(officer(lived.clock.now(), name="林科长"))


def settled_item(lived: Life) -> SettledItem:
    """Return what the practice lesson comes to now."""
    lived.room.training_class.refresh_from_db()
    found = hours_now(lived.room.training_class, lived.clock.now()).places[lived.room.enrolment.pk].attendance
    return next(each for each in found if each.title == "接线实操")


def attended_on(lived: Life) -> date:
    return learning_day(lived.clock.now())


def proof_of(lived: Life) -> Provable:
    lived.room.enrolment.refresh_from_db()
    return provable(lived.room.enrolment, lived.clock.now())


def lessons(lived: Life) -> int:
    ids = [lived.room.enrolment.pk]
    return recognised_lessons(lived.room.training_class, ids, lived.clock.now())[ids[0]]


def test_what_was_attended_on_a_frozen_day_waits_for_the_decision(lived: Life, first: Viewer, second: Viewer) -> None:
    assert settled_item(lived).counted_ms == LONG_MS
    day = attended_on(lived)
    case = opened_case(first, lived.room, lived.clock, Days(day, day))
    assert (settled_item(lived).counted_ms, settled_item(lived).refused_ms["frozen"]) == (0, LONG_MS)
    both_explained(lived.room, case.pk, lived.clock)
    proposes(first, case.pk, lived.clock)
    decides(second, case.pk, lived.clock)
    assert settled_item(lived).counted_ms == LONG_MS


def test_a_day_on_which_somebody_only_attended_can_be_withheld(lived: Life, first: Viewer, second: Viewer) -> None:
    day = attended_on(lived)
    case = opened_case(first, lived.room, lived.clock)
    assert learned_days(case_for(first, case.pk))[day] == LONG_MS
    both_explained(lived.room, case.pk, lived.clock)
    proposes(first, case.pk, lived.clock, day)
    decides(second, case.pk, lived.clock)
    assert (settled_item(lived).counted_ms, settled_item(lived).refused_ms["withheld"]) == (0, LONG_MS)
    assert lessons(lived) == 1, "the other day stands"


def test_other_days_keep_what_was_attended(lived: Life, first: Viewer) -> None:
    learned = DayTotal.objects.order_by("day")[0].day
    opened_case(first, lived.room, lived.clock, Days(learned, learned))
    assert settled_item(lived).counted_ms == LONG_MS


def test_lessons_of_frozen_days_are_not_among_those_that_are_recognised(lived: Life, first: Viewer) -> None:
    assert lessons(lived) == 1
    opened_case(first, lived.room, lived.clock)
    assert lessons(lived) == 0


def test_a_proof_counts_attended_days_and_names_what_is_frozen(lived: Life, first: Viewer) -> None:
    before = proof_of(lived)
    assert before.learned_to == attended_on(lived)
    assert before.hours.frozen_ms == 0
    assert "frozen_ms" not in before.hours.to_values(), "proofs of before keep their figures and so their number"
    opened_case(first, lived.room, lived.clock)
    after = proof_of(lived)
    assert after.hours.frozen_ms >= LONG_MS + 3_500_000
    assert after.hours.hours == 0
    assert kept_hours(after.hours.to_values()) == after.hours
