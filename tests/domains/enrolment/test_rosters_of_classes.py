"""A confirmed roster of an open class: the worker makes learners of people, once, whatever happens on the way (clauses C3, T7)."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import account_by_identifier
from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.admitting import Admitted, WrittenDown, admit
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NotInClass, StillTakenIn
from jiangxue.enrolment.jobs import tell_archives
from jiangxue.enrolment.models import Enrolment, RosterFile, TrainingClass
from jiangxue.enrolment.queries.roster_files import Place, class_to_fill, shown
from jiangxue.enrolment.rules.roster.files import KEPT, STUCK_AFTER, FileState
from jiangxue.enrolment.rules.roster.held import Verdict
from jiangxue.enrolment.rules.roster.shapes import What
from jiangxue.enrolment.services.roster_files import confirm, counted_in, forget_files
from jiangxue.enrolment.services.taking_in import take_in
from jiangxue.kernel.clock import HandClock
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.domains.enrolment.test_rosters import confirmed, viewer
from tests.factories import people
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom
from tests.factories.openings import office, opened, person
from tests.factories.rosters import HEADER, kept, person_row, plain_csv

ROWS = [person_row(serial) for serial in range(1, 4)]
FILE = plain_csv([HEADER, *ROWS])
LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def in_class(room: Classroom) -> Place:
    return Place(training_class=room.training_class)


def taken_in(room: Classroom, content: bytes = FILE, now: datetime = MORNING) -> dict[str, object]:
    """Confirm a file for the room's class, let the worker take it in, and return what came of it."""
    place = Place(training_class=room.training_class)
    confirmed(room, place, content, now)
    file = RosterFile.objects.get()
    take_in(file.pk, tell_archives=tell_archives, clock=HandClock(now))
    file.refresh_from_db()
    assert file.state == FileState.DONE.value
    return dict(file.outcome)


@pytest.mark.clause("C3")
def test_people_of_a_confirmed_roster_are_learners_of_the_class(room: Classroom) -> None:
    come = taken_in(room, plain_csv([(*HEADER, "群体"), *((*row, "农民工") for row in ROWS)]))
    assert (come["added"], come["changed"], come["refused"]) == (3, 0, [])
    places = Enrolment.objects.exclude(pk=room.enrolment.pk)
    assert {place.group for place in places} == {"migrant_workers"}
    assert {event["kind"] for event in events_of(places[0].aid)} == {"enrolment.opened", "enrolment.described"}
    assert taken_in_again(room) == (0, 0)


def sent(who: Account, of: TrainingClass, content: bytes) -> Verdict:
    """Send a file for a class, confirm what can be taken in, let the worker do it, and return what was shown."""
    place = Place(training_class=of)
    with people.looking(people.viewer(who)):
        verdict = shown(kept(who, place, content, MORNING), place, now=MORNING).verdict
        if verdict.changes:
            confirm(viewer=people.viewer(who), place=place, mark=verdict.mark, by=PROGRAM, now=MORNING)
    for file in RosterFile.objects.filter(state=FileState.TAKEN.value):
        take_in(file.pk, tell_archives=tell_archives, clock=HandClock(MORNING))
    return verdict


@pytest.mark.clause("C5")
def test_who_comes_into_a_class_that_was_applied_for_has_its_institutions_promise_in_the_archive(db: None) -> None:
    of = office(MORNING)
    sent(of.head_teacher, opened(of, MORNING, person(7)), FILE)
    place = Enrolment.objects.order_by("-pk")[0]
    promises = [event["data"] for event in events_of(place.aid) if event["kind"] == "promise.signed"]
    assert [each["party"] for each in promises] == ["institution"]


@pytest.mark.clause("T7", "C6")
def test_who_learns_the_same_at_another_institution_is_not_taken_in_by_a_file(db: None) -> None:
    first, second = office(MORNING), office(MORNING)
    there, here = opened(first, MORNING, person(7)), opened(second, MORNING, person(8))
    sent(first.head_teacher, there, FILE)
    verdict = sent(second.head_teacher, here, FILE)
    assert {each.what for row in verdict.rows for each in row.row.findings} == {What.LEARNS_ELSEWHERE}
    assert here.enrolments.count() == 1
    TrainingClass.objects.filter(pk=there.pk).update(closed_at=MORNING)
    sent(second.head_teacher, here, FILE)
    assert here.enrolments.count() == 4


def taken_in_again(room: Classroom) -> tuple[int, int]:
    place = Place(training_class=room.training_class)
    file = kept(room.head_teacher, place, plain_csv([(*HEADER, "群体"), *((*row, "农民工") for row in ROWS)]), LATER)
    counted = counted_in(shown(file, place, now=LATER).verdict)
    return counted.added, counted.changed


def test_who_is_in_the_class_is_told_of_anew(room: Classroom) -> None:
    taken_in(room)
    come = taken_in(room, plain_csv([(*HEADER, "文化程度"), (*ROWS[0], "大专")]), LATER)
    assert (come["added"], come["changed"]) == (0, 1)
    account = account_by_identifier(ROWS[0][1])
    assert account is not None
    assert Enrolment.objects.get(learner_id=account.pk).education == "junior_college"


def test_taking_in_may_be_killed_and_begun_again(
    room: Classroom, in_class: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiangxue.enrolment.services.taking_in.AT_ONCE", 1)
    confirmed(room, in_class)
    file, told = RosterFile.objects.get(), []

    def tell(places: list[Enrolment], now: datetime) -> None:
        told.extend(places)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        take_in(file.pk, tell_archives=tell, clock=HandClock(MORNING))  # type: ignore[arg-type]
    for _ in range(2):
        take_in(file.pk, tell_archives=tell_archives, clock=HandClock(MORNING))
    file.refresh_from_db()
    assert file.state == FileState.DONE.value
    assert room.training_class.enrolments.count() == 4


def test_who_was_registered_otherwise_meanwhile_is_left_out_and_told(room: Classroom, in_class: Place) -> None:
    content = plain_csv([HEADER, *ROWS, ("王建国", "12", "")])
    assert confirmed(room, in_class, content).left_out == 1
    other = learner_of_another(room)
    file = RosterFile.objects.get()
    take_in(file.pk, tell_archives=tell_archives, clock=HandClock(LATER))
    file.refresh_from_db()
    assert (file.outcome["added"], file.outcome["refused"], file.outcome["left_out"]) == (2, [2], [5])
    assert not Enrolment.objects.filter(learner_id=other).exists()


def learner_of_another(room: Classroom) -> int:
    (come,) = admit([WrittenDown("另一人", IdType.RESIDENT, ROWS[0][1])], by=PROGRAM, now=MORNING)
    assert isinstance(come, Admitted)
    return come.account_id


def test_who_has_left_the_class_does_not_come_back_by_a_file(room: Classroom, in_class: Place) -> None:
    taken_in(room)
    Enrolment.objects.update(left_at=LATER)
    file = kept(room.head_teacher, in_class, FILE, LATER)
    verdict = shown(file, in_class, now=LATER).verdict
    assert {each.what for row in verdict.rows for each in row.row.findings} == {What.HAS_LEFT}
    assert verdict.changes == 0


def test_a_class_that_is_over_is_not_filled(room: Classroom) -> None:
    assert class_to_fill(viewer(room), room.training_class.pk, now=MORNING).training_class == room.training_class
    with pytest.raises(NotInClass):
        class_to_fill(viewer(room), room.training_class.pk, now=MORNING + timedelta(days=400))


def test_two_classes_at_once_make_one_account_of_a_person(committed_database: str) -> None:
    rooms = [classroom(MORNING), classroom(MORNING)]
    for room in rooms:
        confirmed(room, Place(training_class=room.training_class))
    files = list(RosterFile.objects.all())

    def taking(at: int) -> None:
        take_in(files[at].pk, tell_archives=tell_archives, clock=HandClock(MORNING))

    assert at_once(lambda: taking(0), lambda: taking(1)) == ["done", "done"]
    assert {file.state for file in RosterFile.objects.all()} == {FileState.DONE.value}
    assert Enrolment.objects.count() == 8
    assert {person_in_full(account_by_identifier(row[1]).pk).phone for row in ROWS} == {row[2] for row in ROWS}  # type: ignore[union-attr]


def test_a_file_on_its_way_is_not_replaced_and_one_that_is_stuck_is(room: Classroom, in_class: Place) -> None:
    confirmed(room, in_class)
    with pytest.raises(StillTakenIn):
        kept(room.head_teacher, in_class, FILE, MORNING + STUCK_AFTER - timedelta(seconds=1))
    stuck = RosterFile.objects.get()
    kept(room.head_teacher, in_class, FILE, MORNING + STUCK_AFTER)
    take_in(stuck.pk, tell_archives=tell_archives, clock=HandClock(MORNING + STUCK_AFTER))
    assert room.training_class.enrolments.count() == 1


def test_what_came_of_a_file_is_forgotten_after_a_day_too(room: Classroom) -> None:
    taken_in(room)
    assert forget_files(now=MORNING + KEPT) == 1
