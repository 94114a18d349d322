"""A long roster of an application is saved by the worker, some people in each transaction; the application waits for all of them (clauses C3, C5; decision 0036)."""

from datetime import timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.enrolment.errors import RosterOnItsWay
from jiangxue.enrolment.models import ClassOpening, RosterEntry, RosterFile
from jiangxue.enrolment.queries.roster_files import Place, file_for, shown
from jiangxue.enrolment.rules.roster.files import STUCK_AFTER, FileState
from jiangxue.enrolment.services import roster_files, taking_in
from jiangxue.enrolment.services.background import TAKE_IN
from jiangxue.enrolment.services.opening_runs import take_over_lost
from jiangxue.enrolment.services.openings import withdraw_opening
from jiangxue.enrolment.services.roster_files import Counted, confirm
from jiangxue.kernel.clock import HandClock
from jiangxue.notices.models import Notice
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.openings import Office, actor, complete, office, person, submitted
from tests.factories.rosters import HEADER, kept, person_row, plain_csv
from tests.refusals import refusal_of

ROWS = [person_row(serial) for serial in range(20, 25)]
FILE = plain_csv([HEADER, *ROWS])
CLOCK = HandClock(MORNING)


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_files, "AT_ONCE", 2)
    monkeypatch.setattr(taking_in, "AT_ONCE", 2)


@pytest.fixture
def of(db: None) -> Office:
    return office(MORNING)


@pytest.fixture
def opening(of: Office) -> ClassOpening:
    """Return an application that could be handed in with the two people whom it has."""
    return complete(of, MORNING, person(1), person(2))


def confirmed(of: Office, opening: ClassOpening, content: bytes = FILE) -> Counted:
    place, viewer = Place(opening=opening), people.viewer(of.administrator)
    kept(of.administrator, place, content, MORNING)
    mark = shown(file_for(viewer, place), place, now=MORNING).verdict.mark
    return confirm(viewer=viewer, place=place, mark=mark, by=actor(of.administrator), now=MORNING)


def taken_in(file_id: UUID) -> None:
    taking_in.take_in(file_id, tell_archives=lambda places, now: None, clock=CLOCK)


@pytest.mark.clause("C3")
def test_the_worker_saves_everybody_once_and_tells_who_sent_the_file(of: Office, opening: ClassOpening) -> None:
    assert confirmed(of, opening) == Counted(added=5, changed=0, same=0, left_out=0)
    assert opening.roster.count() == 2
    file = RosterFile.objects.get()
    for _ in range(2):
        taken_in(file.pk)
    file.refresh_from_db()
    assert (file.state, file.outcome["added"], opening.roster.count()) == (FileState.DONE, 5, 7)
    told = Notice.objects.get(account_id=of.administrator.pk, kind="roster.saved")
    assert told.params == {"class_title": opening.name, "added": 5, "left_out": 0}
    changed = plain_csv([HEADER, *((*row[:2], f"1360000000{at}") for at, row in enumerate(ROWS))])
    assert confirmed(of, opening, changed).changed == 5
    taken_in(RosterFile.objects.get().pk)
    assert opening.roster.count() == 7


def test_an_application_is_not_handed_in_with_half_a_roster(of: Office, opening: ClassOpening) -> None:
    confirmed(of, opening)
    assert refusal_of(lambda: submitted(of, opening, MORNING)) is RosterOnItsWay
    taken_in(RosterFile.objects.get().pk)
    assert submitted(of, opening, MORNING).state == "submitted"


def test_a_file_that_no_worker_ends_does_not_hold_the_application_for_good(of: Office, opening: ClassOpening) -> None:
    confirmed(of, opening)
    assert submitted(of, opening, MORNING + STUCK_AFTER + timedelta(seconds=1)).state == "submitted"


def test_an_application_that_was_withdrawn_meanwhile_takes_nobody(of: Office, opening: ClassOpening) -> None:
    confirmed(of, opening)
    by = actor(of.administrator)
    withdraw_opening(viewer=people.viewer(of.administrator), opening_id=opening.pk, words="", by=by, now=MORNING)
    taken_in(RosterFile.objects.get().pk)
    assert not RosterEntry.objects.exists()
    assert not RosterFile.objects.exists()


def test_a_file_whose_worker_was_lost_is_taken_up_again(of: Office, opening: ClassOpening) -> None:
    confirmed(of, opening)
    assert take_over_lost(MORNING) == 0
    ProcrastinateJob.objects.filter(task_name=TAKE_IN).update(status="failed")
    assert take_over_lost(MORNING) == 1
    assert take_over_lost(MORNING) == 0
