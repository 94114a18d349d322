"""Two at the same moment, on real connections: a settlement beside a case, two cases, two decisions (clauses M6, T1.3)."""

from datetime import timedelta

import pytest

from jiangxue.archive.models import SettlementReview
from jiangxue.archive.queries.settlements import settled_places
from jiangxue.archive.services.settling import Review, propose
from jiangxue.archive.services.settling import review as review_settlement
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.kernel.viewer import Viewer
from jiangxue.supervision.models import Case, CaseStep
from tests.at_once import at_once
from tests.factories import people
from tests.factories.cases import decides, officer, opened_case, proposes
from tests.factories.lives import Life, life

pytestmark = pytest.mark.clause("M6", "T1.3")


@pytest.fixture
def clock(committed_database: str) -> HandClock:
    return HandClock((MachineClock().now() - timedelta(days=1)).replace(hour=1, minute=0, microsecond=0))


@pytest.fixture
def lived(clock: HandClock) -> Life:
    found = life(clock)
    found.finish()
    found.tests()
    return found


def officers(lived: Life, count: int) -> list[Viewer]:
    return [people.viewer(officer(lived.clock.now(), name=f"陈科员{number}")) for number in range(count)]


def test_frozen_hours_are_never_recognised_by_a_settlement_beside_it(lived: Life) -> None:
    """Whichever comes first: either the settlement waits for the decision, or the place is settled again without its hours."""
    (first,) = officers(lived, 1)
    lived.room.training_class.refresh_from_db()
    lived.clock.at = lived.room.training_class.term.closes_at + timedelta(hours=1)
    propose(people.viewer(lived.room.head_teacher), lived.room.training_class.pk, by=PROGRAM, clock=lived.clock)
    second = people.viewer(lived.second)

    def confirm() -> None:
        said = Review(1, confirms=True, text="")
        review_settlement(second, lived.room.training_class.pk, said, by=PROGRAM, clock=lived.clock)

    ends = at_once(confirm, lambda: opened_case(first, lived.room, lived.clock))
    assert ends in (["StillFrozen", "done"], ["done", "done"])
    row = settled_places([lived.room.enrolment.pk]).get(lived.room.enrolment.pk)
    assert row is None or (row.recognised_ms, row.ordinal) == (0, 2)
    assert SettlementReview.objects.count() == (0 if row is None else 1)


def test_two_cases_about_one_place_at_once_are_one(lived: Life) -> None:
    one, other = officers(lived, 2)
    ends = at_once(
        lambda: opened_case(one, lived.room, lived.clock), lambda: opened_case(other, lived.room, lived.clock)
    )
    assert ends == ["AlreadyOpen", "done"]
    assert Case.objects.count() == 1


def test_of_two_decisions_at_once_one_counts(lived: Life) -> None:
    first, second, third = officers(lived, 3)
    case = opened_case(first, lived.room, lived.clock)
    proposes(first, case.pk, lived.clock)
    ends = at_once(
        lambda: decides(second, case.pk, lived.clock),
        lambda: decides(third, case.pk, lived.clock, approves=False),
    )
    assert ends == ["NotTheTurn", "done"]
    assert CaseStep.objects.filter(kind__in=("decided", "sent_back")).count() == 1
