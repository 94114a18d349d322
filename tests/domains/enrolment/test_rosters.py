"""Rosters that wait, are confirmed, given up or forgotten; what the database keeps, and what two at once may not break (clauses C3, C5, M2)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.djangokit.sealed import blind_index
from jiangxue.enrolment.errors import NoRosterFile, NothingToTakeIn, NotInClass, RosterChanged
from jiangxue.enrolment.models import ClassOpening, RosterEntry, RosterFile
from jiangxue.enrolment.queries.roster_files import Place, file_for, opening_to_fill, shown
from jiangxue.enrolment.rules.background import background_of
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.enrolment.rules.roster.files import KEPT
from jiangxue.enrolment.rules.roster.shapes import Column
from jiangxue.enrolment.services.admitting import written_down
from jiangxue.enrolment.services.roster_files import Counted, choose_columns, confirm, counted_in, forget_files, give_up
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.rosters import HEADER, kept, opening, person_row, plain_csv

ROWS = [person_row(serial) for serial in range(1, 4)]
FILE = plain_csv([HEADER, *ROWS])
LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def applied(room: Classroom) -> Place:
    return Place(opening=opening(room.institution, room.head_teacher, MORNING))


@pytest.fixture
def in_class(room: Classroom) -> Place:
    return Place(training_class=room.training_class)


def viewer(room: Classroom) -> Viewer:
    return people.viewer(room.head_teacher)


def confirmed(room: Classroom, place: Place, content: bytes = FILE, now: datetime = MORNING) -> Counted:
    """Send a file and confirm what it shows."""
    kept(room.head_teacher, place, content, now)
    mark = shown(file_for(viewer(room), place), place, now=now).verdict.mark
    return confirm(viewer=viewer(room), place=place, mark=mark, by=PROGRAM, now=now)


def test_an_entry_holds_numbers_sealed(room: Classroom, applied: Place) -> None:
    content = plain_csv([(*HEADER, "人员类别", "单位"), (*ROWS[0], "退役军人", "白云电子")])
    assert confirmed(room, applied, content) == Counted(added=1, changed=0, same=0, left_out=0)
    entry = RosterEntry.objects.get()
    assert ROWS[0][1].encode() not in bytes(entry.id_number)  # type: ignore[arg-type]
    assert bytes(entry.id_number_index) == blind_index("id_number", ROWS[0][1])
    assert written_down(entry).phone == ROWS[0][2]
    assert (background_of(entry).group, background_of(entry).employer) == (PriorityGroup.VETERANS, "白云电子")


def test_what_waits_is_sealed_and_forgotten_after_a_day(room: Classroom, applied: Place) -> None:
    file = kept(room.head_teacher, applied, FILE, MORNING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM enrolment_rosterfile t")
        (row,) = cursor.fetchone() or ("",)
    assert not any(value in row for person in ROWS for value in person)
    assert forget_files(now=MORNING + KEPT - timedelta(seconds=1)) == 0
    assert forget_files(now=MORNING + KEPT) == 1
    assert not RosterFile.objects.filter(pk=file.pk).exists()


def test_another_file_takes_the_place_of_the_one_that_waited(room: Classroom, applied: Place) -> None:
    kept(room.head_teacher, applied, FILE, MORNING)
    kept(room.head_teacher, applied, plain_csv([HEADER, ROWS[0]]), LATER)
    assert counted_in(shown(file_for(viewer(room), applied), applied, now=LATER).verdict).added == 1


def test_who_was_sent_without_a_phone_and_has_one_now_is_changed_and_nobody_is_removed(
    room: Classroom, applied: Place
) -> None:
    confirmed(room, applied, plain_csv([HEADER, (*ROWS[0][:2], ""), ROWS[1]]))
    assert confirmed(room, applied, plain_csv([HEADER, ROWS[0]])) == Counted(0, 1, 0, 0)
    assert {written_down(entry).phone for entry in RosterEntry.objects.all()} == {ROWS[0][2], ROWS[1][2]}
    assert RosterEntry.objects.filter(created_at=MORNING).count() == 2


def test_rows_to_mend_are_left_out_and_the_mended_file_adds_them(room: Classroom, applied: Place) -> None:
    wrong = (ROWS[1][0], ROWS[1][1][:-1], "")
    assert confirmed(room, applied, plain_csv([HEADER, ROWS[0], wrong])) == Counted(1, 0, 0, 1)
    assert confirmed(room, applied) == Counted(2, 0, 1, 0)


def test_nothing_is_confirmed_twice_or_otherwise_than_shown(room: Classroom, applied: Place) -> None:
    confirmed(room, applied)
    with pytest.raises(NoRosterFile):
        confirm(viewer=viewer(room), place=applied, mark="", by=PROGRAM, now=MORNING)
    kept(room.head_teacher, applied, FILE, MORNING)
    with pytest.raises(RosterChanged):
        confirm(viewer=viewer(room), place=applied, mark="0" * 64, by=PROGRAM, now=MORNING)
    mark = shown(file_for(viewer(room), applied), applied, now=MORNING).verdict.mark
    with pytest.raises(NothingToTakeIn):
        confirm(viewer=viewer(room), place=applied, mark=mark, by=PROGRAM, now=MORNING)


def test_an_application_that_was_handed_in_meanwhile_takes_nobody(room: Classroom, applied: Place) -> None:
    assert applied.opening is not None
    kept(room.head_teacher, applied, FILE, MORNING)
    mark = shown(file_for(viewer(room), applied), applied, now=MORNING).verdict.mark
    ClassOpening.objects.filter(pk=applied.opening.pk).update(state=OpeningState.SUBMITTED.value)
    with pytest.raises(NotInClass):
        confirm(viewer=viewer(room), place=applied, mark=mark, by=PROGRAM, now=MORNING)
    with pytest.raises(NotInClass):
        opening_to_fill(viewer(room), applied.opening.pk)


def test_a_file_that_is_taken_in_is_not_given_up(room: Classroom, in_class: Place) -> None:
    confirmed(room, in_class)
    with pytest.raises(NoRosterFile):
        give_up(viewer=viewer(room), place=in_class, by=PROGRAM, now=MORNING)


def test_columns_that_are_not_there_read_nothing(room: Classroom, applied: Place) -> None:
    file = kept(room.head_teacher, applied, FILE, MORNING)
    choice = shown(file, applied, now=MORNING).choice
    with pytest.raises(NoRosterFile):
        choose_columns(viewer=viewer(room), place=applied, choice=replace(choice, sheet=3))
    far = replace(choice, columns={Column.NAME: 40, Column.ID_NUMBER: 41})
    chosen = choose_columns(viewer=viewer(room), place=applied, choice=far)
    assert shown(chosen, applied, now=MORNING).verdict.rows == ()


def test_a_number_stands_on_a_roster_once(room: Classroom, applied: Place) -> None:
    confirmed(room, applied)
    entry = RosterEntry.objects.all()[0]
    with broken("enrolment_roster_number_once"):
        RosterEntry.objects.create(
            opening=applied.opening,
            name="王建国",
            id_type="resident",
            id_number=entry.id_number,
            id_number_index=entry.id_number_index,
            created_at=MORNING,
        )


def test_a_file_waits_at_one_place(room: Classroom, applied: Place) -> None:
    file = kept(room.head_teacher, applied, FILE, MORNING)
    with broken("enrolment_roster_file_has_one_place"):
        RosterFile.objects.filter(pk=file.pk).update(training_class=room.training_class)


def test_one_file_of_each_author_waits_at_a_place(room: Classroom, applied: Place) -> None:
    file = kept(room.head_teacher, applied, FILE, MORNING)
    with broken("enrolment_roster_file_one_waits"):
        file.pk = new_id()
        file.save(force_insert=True)


def test_two_confirmations_at_once_save_everybody_once(committed_database: str) -> None:
    room = classroom(MORNING)
    place = Place(opening=opening(room.institution, room.head_teacher, MORNING))
    kept(room.head_teacher, place, FILE, MORNING)
    mark = shown(file_for(viewer(room), place), place, now=MORNING).verdict.mark

    def act() -> Counted:
        return confirm(viewer=viewer(room), place=place, mark=mark, by=PROGRAM, now=MORNING)

    assert at_once(act, act) == ["NoRosterFile", "done"]
    assert RosterEntry.objects.count() == 3
