"""People of a confirmed roster become learners of an open class: by the worker, some in each transaction. Clauses C3, T7; decision 0036."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import transaction

from jiangxue.accounts.errors import AccountRefusal
from jiangxue.accounts.services.admitting import WrittenDown
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.enrolment.models import Enrolment, RosterFile
from jiangxue.enrolment.queries.roster_files import Place, choice_of, known_about, read_again, rows_in
from jiangxue.enrolment.rules.background import Background
from jiangxue.enrolment.rules.roster.files import FileState
from jiangxue.enrolment.rules.roster.held import Judged, held_against
from jiangxue.enrolment.rules.roster.shapes import Row, Standing
from jiangxue.enrolment.services import enrol_all
from jiangxue.enrolment.services.admitting import learner_written_down
from jiangxue.enrolment.services.telling import tell_of_roster
from jiangxue.kernel.clock import Clock, learning_day

AT_ONCE = 50
"""People in one transaction."""

type Tell = Callable[[Sequence[Enrolment], datetime], None]
"""Appends to the archives of new places what holds of their learners already, in the transaction in which they are made."""


@dataclass(slots=True)
class _Come:
    """What came of some rows: who is to be given a place, who has one and is told of anew, who stays, and the lines of those who were refused."""

    new: dict[int, Background] = field(default_factory=dict)
    changed: dict[int, Background] = field(default_factory=dict)
    same: int = 0
    refused: list[int] = field(default_factory=list)


def take_in(file_id: UUID, *, tell: Tell, clock: Clock) -> None:
    """Enrol the people of a file; may be killed at any moment and begun again, and does nothing for one that is done, given up or gone.

    Each row is judged again: who was registered otherwise meanwhile is left out, and told.
    """
    file = RosterFile.objects.filter(pk=file_id, state=FileState.TAKEN.value).select_related("training_class").first()
    if file is None:
        return
    place = Place(training_class=file.training_class)
    _, sheets = read_again(file)
    rows = rows_in(sheets, choice_of(file), learning_day(file.since))
    for some in batched(rows[file.reached :], AT_ONCE):
        if not _take_some(file, place, some, tell, clock.now()):
            return
    _done(file, clock.now())


@transaction.atomic
def _done(file: RosterFile, now: datetime) -> None:
    """Keep nothing but what came of a file, and tell its author."""
    seal_bytes_for(file, "content", b"")
    held = RosterFile.objects.filter(pk=file.pk, state=FileState.TAKEN.value)
    if held.update(state=FileState.DONE.value, content=file.content, since=now):
        tell_of_roster(file, at=now)


@transaction.atomic
def _take_some(file: RosterFile, place: Place, rows: Sequence[Row], tell: Tell, now: datetime) -> bool:
    """Take some rows in; False where somebody else has come further with the file, or it is gone."""
    held = RosterFile.objects.select_for_update().filter(pk=file.pk, reached=file.reached, state=FileState.TAKEN.value)
    if held.first() is None:
        return False
    come = _Come()
    judged = held_against(rows, known_about(rows, place)).rows
    # In the order of their numbers, so that two classes with the same people do not wait for each other crosswise.
    for each in sorted(judged, key=lambda each: each.row.written.id_number):
        _admit(file, each, now, come)
    assert file.training_class_id is not None
    tell(enrol_all(class_id=file.training_class_id, learners=come.new, now=now), now)
    _tell_anew(file.training_class_id, come.changed)
    before = file.outcome
    file.outcome = {
        **before,
        "added": before.get("added", 0) + len(come.new),
        "changed": before.get("changed", 0) + len(come.changed),
        "same": before.get("same", 0) + come.same,
        "refused": [*before.get("refused", []), *sorted(come.refused)],
    }
    file.reached += len(rows)
    file.save(update_fields=["outcome", "reached"])
    return True


def _admit(file: RosterFile, judged: Judged, now: datetime, come: _Come) -> None:
    """Find or make the account of a row that adds or changes somebody."""
    if judged.standing is Standing.SAME:
        come.same += 1
        return
    if judged.standing is Standing.UNFIT:
        if judged.row.line not in file.outcome["left_out"]:
            come.refused.append(judged.row.line)
        return
    assert file.training_class is not None
    written = judged.row.written
    who = WrittenDown(written.name, written.id_type, written.id_number, written.phone)
    by, institution_id = Actor(file.author_id, file.role), file.training_class.institution_id
    try:
        account_id = learner_written_down(who, institution_id=institution_id, by=by, now=now)
    except AccountRefusal:
        come.refused.append(judged.row.line)
        return
    placed = come.new if judged.standing is Standing.NEW else come.changed
    placed[account_id] = written.background


def _tell_anew(class_id: int, changed: Mapping[int, Background]) -> None:
    places = Enrolment.objects.filter(training_class_id=class_id, learner_id__in=changed)
    for place in places:
        told = changed[place.learner_id]
        place.group, place.education, place.domicile = told.group or "", told.education or "", told.domicile
        place.employer, place.employer_uscc = told.employer, told.employer_uscc
    Enrolment.objects.bulk_update(places, ["group", "education", "domicile", "employer", "employer_uscc"])
