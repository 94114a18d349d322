"""People of a confirmed roster come onto the roster of an application, or become learners of an open class: some in each transaction. Clauses C3, T7; decision 0036."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import transaction

from jiangxue.accounts.services.admitting import Admitted, WrittenDown
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.enrolment.models import ClassOpening, Enrolment, RosterFile
from jiangxue.enrolment.queries.roster_files import (
    FILLABLE,
    Place,
    choice_of,
    known_of,
    read_again,
    rows_in,
)
from jiangxue.enrolment.rules.background import Background
from jiangxue.enrolment.rules.portions import AT_ONCE
from jiangxue.enrolment.rules.roster.files import FileState
from jiangxue.enrolment.rules.roster.held import Judged, held_against
from jiangxue.enrolment.rules.roster.shapes import Row, Standing
from jiangxue.enrolment.services import enrol_all
from jiangxue.enrolment.services.admitting import learners_written_down
from jiangxue.enrolment.services.entries import write_judged
from jiangxue.enrolment.services.promises import append_institution_promise
from jiangxue.enrolment.services.telling import tell_of_joined, tell_of_roster
from jiangxue.kernel.clock import Clock, learning_day

type Tell = Callable[[Sequence[Enrolment], datetime], None]
"""Appends to the archives of new places what holds of their learners already, in the transaction in which they are made."""


@dataclass(slots=True)
class _Come:
    """What came of some rows: how many were added, changed and as they were, and the lines of those who were refused."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[int] = field(default_factory=list)


class _Over(Exception):
    """Somebody else has come further with the file, or it is gone."""


class _Closed(Exception):
    """The roster of the application is not to be changed any more."""


def take_in(file_id: UUID, *, tell_archives: Tell, clock: Clock) -> None:
    """Take in the people of a file; may be killed at any moment and begun again, and does nothing for one that is done, given up or gone.

    Each row is judged again: who was registered otherwise meanwhile is left out, and told.
    """
    found = RosterFile.objects.filter(pk=file_id, state=FileState.TAKEN.value)
    file = found.select_related("training_class__version", "opening").defer("training_class__version__content").first()
    if file is None:
        return
    _, sheets = read_again(file)
    rows = rows_in(sheets, choice_of(file), learning_day(file.since))
    try:
        for some in batched(rows[file.reached :], AT_ONCE):
            _take_some(file, some, tell_archives, clock.now())
    except _Over:
        return
    except _Closed:
        RosterFile.objects.filter(pk=file.pk).delete()
        return
    _end(file, clock.now())


@transaction.atomic
def _end(file: RosterFile, now: datetime) -> None:
    """Forget what the file said, and tell who has sent it."""
    seal_bytes_for(file, "content", b"")
    held = RosterFile.objects.filter(pk=file.pk, state=FileState.TAKEN.value)
    if held.update(state=FileState.DONE.value, content=file.content, since=now):
        tell_of_roster(file, at=now)


@transaction.atomic
def _take_some(file: RosterFile, rows: Sequence[Row], tell_archives: Tell, now: datetime) -> None:
    """Take some rows in, and keep in the same transaction how far the file has come."""
    _hold(file)
    place = Place(opening=file.opening, training_class=file.training_class)
    judged = held_against(rows, known_of(rows, place, learning_day(now))).rows
    come = _Come(same=sum(each.standing is Standing.SAME for each in judged))
    left_out = set(file.outcome["left_out"])
    come.refused += [
        each.row.line for each in judged if each.standing is Standing.UNFIT and each.row.line not in left_out
    ]
    if file.opening is not None:
        _onto_roster(file.opening, judged, come, now)
    else:
        _into_class(file, judged, come, tell_archives, now)
    _note(file, come, len(rows))


def _hold(file: RosterFile) -> None:
    """Let nobody else act on the file, nor hand its application in, until the transaction ends."""
    if file.opening is not None:
        openings = ClassOpening.objects.select_for_update().filter(pk=file.opening.pk, state__in=FILLABLE)
        if openings.first() is None:
            raise _Closed
    held = RosterFile.objects.select_for_update().filter(pk=file.pk, reached=file.reached, state=FileState.TAKEN.value)
    if held.first() is None:
        raise _Over


def _onto_roster(opening: ClassOpening, judged: Sequence[Judged], come: _Come, now: datetime) -> None:
    write_judged(opening, judged, now=now)
    come.added = sum(each.standing is Standing.NEW for each in judged)
    come.changed = sum(each.standing is Standing.CHANGED for each in judged)


def _into_class(file: RosterFile, judged: Sequence[Judged], come: _Come, tell_archives: Tell, now: datetime) -> None:
    """Find or make the accounts of rows that add or change somebody, and give places to those who have none."""
    assert file.training_class is not None
    acting = [each for each in judged if each.standing in (Standing.NEW, Standing.CHANGED)]
    outcomes = learners_written_down(
        [_whom(each) for each in acting],
        institution_id=file.training_class.institution_id,
        by=Actor(file.author_id, file.role),
        now=now,
    )
    placed: dict[Standing, dict[int, Background]] = {Standing.NEW: {}, Standing.CHANGED: {}}
    for each, outcome in zip(acting, outcomes, strict=True):
        if isinstance(outcome, Admitted):
            placed[each.standing][outcome.account_id] = each.row.written.background
        else:
            come.refused.append(each.row.line)
    places = enrol_all(class_id=file.training_class.pk, learners=placed[Standing.NEW], now=now)
    tell_archives(places, now)
    append_institution_promise(file.training_class.pk, places, now=now)
    _tell_anew(file.training_class.pk, placed[Standing.CHANGED])
    come.added, come.changed = len(placed[Standing.NEW]), len(placed[Standing.CHANGED])
    if come.added:
        tell_of_joined(file.training_class, at=now)


def _whom(judged: Judged) -> WrittenDown:
    written = judged.row.written
    return WrittenDown(written.name, written.id_type, written.id_number, written.phone)


def _tell_anew(class_id: int, changed: Mapping[int, Background]) -> None:
    places = Enrolment.objects.filter(training_class_id=class_id, learner_id__in=changed)
    for place in places:
        told = changed[place.learner_id]
        place.group, place.education, place.domicile = told.group or "", told.education or "", told.domicile
        place.employer, place.employer_uscc = told.employer, told.employer_uscc
    Enrolment.objects.bulk_update(places, ["group", "education", "domicile", "employer", "employer_uscc"])


def _note(file: RosterFile, come: _Come, rows: int) -> None:
    before = file.outcome
    file.outcome = {
        **before,
        "added": before.get("added", 0) + come.added,
        "changed": before.get("changed", 0) + come.changed,
        "same": before.get("same", 0) + come.same,
        "refused": [*before.get("refused", []), *sorted(come.refused)],
    }
    file.reached += rows
    file.save(update_fields=["outcome", "reached"])
