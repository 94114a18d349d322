"""What an institution told of a learner, and what the learner promised, goes with the archive, and not before (clauses T8.1, M2)."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from jiangxue.accounts.models import Account
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.models import Enrolment, Promise, RosterEntry
from jiangxue.enrolment.services.promises import sign_as_learner
from jiangxue.kernel.clock import HandClock
from tests.conftest import MORNING
from tests.domains.archive.long_ago import LONG_AGO, erase, prove
from tests.factories import people
from tests.factories.logs import Log
from tests.factories.openings import actor, complete, office, opened, person


@pytest.fixture
def place(log: Log, clock: HandClock) -> Enrolment:
    """Return a place in a class of long ago, whose learner has promised."""
    clock.at = LONG_AGO
    made = opened(office(LONG_AGO), LONG_AGO, person(1, group=PriorityGroup.VETERANS))
    found = made.enrolments.get()
    learner = Account.objects.get(pk=found.learner_id)
    viewer, by = people.viewer(learner), actor(learner)
    sign_as_learner(viewer=viewer, class_id=made.pk, version=1, by=by, now=LONG_AGO)
    return found


def erased(log: Log, clock: HandClock) -> None:
    """Let everything be erased that is over its term."""
    clock.at = MORNING
    prove(log)
    erase(log, clock)
    while go_on_erasing(clock=clock):
        pass


def test_what_was_told_and_promised_goes_with_the_archive(place: Enrolment, log: Log, clock: HandClock) -> None:
    erased(log, clock)
    place.refresh_from_db()
    assert (place.group, place.domicile) == ("", "")
    assert not RosterEntry.objects.exists()
    assert not Promise.objects.filter(party="learner").exists()
    assert Promise.objects.filter(party="institution").exists()


@pytest.mark.clause("M2")
def test_with_the_account_go_its_lines_on_rosters_of_other_applications(
    place: Enrolment, log: Log, clock: HandClock
) -> None:
    other = complete(office(LONG_AGO), LONG_AGO, person(1), person(2))
    erased(log, clock)
    assert Account.objects.get(pk=place.learner_id).name == ""
    assert [each.name for each in RosterEntry.objects.filter(opening=other)] == [person(2).name]


@pytest.mark.clause("M2")
def test_a_line_under_a_number_that_was_corrected_since_goes_with_the_last_archive_of_the_class(
    place: Enrolment, log: Log, clock: HandClock
) -> None:
    RosterEntry.objects.update(id_number_index=b"another number..")
    erased(log, clock)
    assert not RosterEntry.objects.exists()


def test_a_promise_stays_as_long_as_the_archive(place: Enrolment) -> None:
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT enrolment_erase(%s)", [place.pk])
    assert Promise.objects.filter(enrolment=place).exists()
