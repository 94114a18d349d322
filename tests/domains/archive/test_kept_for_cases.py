"""An archive is kept while something is to be decided about its hours, whatever its term (clauses T8.1, M6)."""

from datetime import date, timedelta

import pytest

from jiangxue.archive.queries.retention import due_of, is_held, years_in_force
from jiangxue.enrolment.queries import places_by_id
from jiangxue.kernel.clock import HandClock
from jiangxue.supervision.services.cases_deciding import let_lapse
from tests.domains.archive.long_ago import LONG_AGO, prove
from tests.factories import people
from tests.factories.cases import decides, officer, opened_case, proposes
from tests.factories.classes import Classroom, classroom
from tests.factories.logs import Log


@pytest.fixture
def clock(clock: HandClock) -> HandClock:
    clock.at = LONG_AGO
    return clock


def is_due(room: Classroom, log: Log) -> bool:
    prove(log)
    return room.enrolment.pk in due_of(places_by_id([room.enrolment.pk]), years_in_force())


@pytest.mark.clause("T8.1", "M6")
def test_an_archive_is_kept_until_the_case_about_it_is_decided(log: Log, clock: HandClock) -> None:
    room = classroom(clock.now(), term=(date(2019, 3, 1), date(2019, 6, 30)))
    first, second = (people.viewer(officer(clock.now())) for _ in range(2))
    assert is_due(room, log)
    case = opened_case(first, room, clock)
    assert not is_due(room, log)
    clock.at += timedelta(days=60)
    assert let_lapse(clock=clock) == 1
    assert not is_due(room, log), "also after the hours are recognised again"
    assert is_held(room.enrolment.pk)
    proposes(first, case.pk, clock)
    decides(second, case.pk, clock)
    assert is_due(room, log)
    assert not is_held(room.enrolment.pk)
