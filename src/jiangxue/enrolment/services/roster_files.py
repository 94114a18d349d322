"""Rosters from files: kept sealed until somebody has looked at them, then taken in, or given up. Clauses C3, C5, M2; decision 0036."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.enrolment.errors import (
    NoRosterFile,
    NothingToTakeIn,
    NotInClass,
    RosterChanged,
    StillTakenIn,
    UnreadableRoster,
)
from jiangxue.enrolment.intake.cage import read_roster
from jiangxue.enrolment.models import ClassOpening, RosterFile
from jiangxue.enrolment.queries.roster_files import FILLABLE, Place, file_for, read_again, shown
from jiangxue.enrolment.rules.portions import AT_ONCE
from jiangxue.enrolment.rules.roster.files import KEPT, STUCK_AFTER, FileState
from jiangxue.enrolment.rules.roster.headers import choice_for
from jiangxue.enrolment.rules.roster.held import Verdict
from jiangxue.enrolment.rules.roster.shapes import Choice, Sheet, Standing
from jiangxue.enrolment.services.background import TAKE_IN, ask_worker
from jiangxue.enrolment.services.entries import write_judged
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a browser sends it; its name is its owner's word."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people a roster added and changed, how many stood there as they are, and how many rows were left out."""

    added: int
    changed: int
    same: int
    left_out: int


def keep_file(*, viewer: Viewer, place: Place, sent: SentFile, by: Actor, now: datetime) -> RosterFile:
    """Read a file and keep what it says until its author has looked at it, in the place of the one sent before; raises `UnreadableRoster` or `StillTakenIn`."""
    try:
        sheets = tuple(read_roster(sent.content))
    except UnreadableRoster:
        audit.record("roster.sent", by=by, at=now, about=_about(place), result=REFUSED)
        raise
    file = RosterFile(
        pk=new_id(),
        author_id=viewer.account_id,
        role=viewer.role.value,
        opening=place.opening,
        training_class=place.training_class,
        choice=_written_choice(choice_for(sheets)),
        state=FileState.SHOWN.value,
        since=now,
    )
    seal_bytes_for(file, "content", _packed(sent.name, sheets))
    with transaction.atomic():
        before = _waiting(viewer, place).select_for_update().first()
        if before is not None and is_on_its_way(before, now):
            raise StillTakenIn
        _waiting(viewer, place).delete()
        file.save(force_insert=True)
        audit.record("roster.sent", by=by, at=now, about=_about(place))
    return file


@transaction.atomic
def choose_columns(*, viewer: Viewer, place: Place, choice: Choice) -> RosterFile:
    """Let a file be read otherwise: another sheet, another header, other columns; a sheet or line that is not there raises `NoRosterFile`."""
    file = _locked(viewer, place)
    _, sheets = read_again(file)
    if not 0 <= choice.sheet < len(sheets) or any(at < 0 for at in choice.columns.values()):
        raise NoRosterFile
    file.choice = _written_choice(choice)
    file.save(update_fields=["choice"])
    return file


@transaction.atomic
def give_up(*, viewer: Viewer, place: Place, by: Actor, now: datetime) -> None:
    """Remove a file that waits, or what came of one."""
    file = file_for(viewer, place)
    if file.state == FileState.TAKEN.value:
        raise NoRosterFile
    file.delete()
    audit.record("roster.given_up", by=by, at=now, about=_about(place))


@transaction.atomic
def confirm(*, viewer: Viewer, place: Place, mark: str, by: Actor, now: datetime) -> Counted:
    """Take in what was shown under `mark`: a few people at once into an application, more of them, or into a class, by the worker. Rows with something to mend are left out.

    Raises `NoRosterFile`, `RosterChanged` where it would do something else than was shown, `NothingToTakeIn`, and `NotInClass` where the
    roster may not be changed any more. Nobody is removed.
    """
    _hold(place)
    file = _locked(viewer, place)
    now_shown = shown(file, place, now=now)
    verdict = now_shown.verdict
    if verdict.mark != mark:
        raise RosterChanged
    if now_shown.is_too_long or now_shown.is_too_full or not verdict.changes:
        raise NothingToTakeIn
    about = ("opening", place.opening.pk) if place.opening is not None else ("class", file.training_class_id)
    if place.opening is not None and verdict.changes <= AT_ONCE:
        write_judged(place.opening, verdict.rows, now=now)
        file.delete()
    else:
        _hand_over(file, verdict, now)
    audit.record("roster.taken_in", by=by, at=now, about=about)
    return counted_in(verdict)


def _hand_over(file: RosterFile, verdict: Verdict, now: datetime) -> None:
    """Let the worker take a file in."""
    file.state, file.since = FileState.TAKEN.value, now
    left_out = [each.row.line for each in verdict.rows if each.standing is Standing.UNFIT]
    file.outcome = {"left_out": left_out, "rows": len(verdict.rows)}
    file.save(update_fields=["state", "since", "outcome"])
    ask_worker(TAKE_IN, file_id=str(file.pk))


def counted_in(verdict: Verdict) -> Counted:
    """Return what a verdict comes to, in numbers."""
    return Counted(*(verdict.counted(each) for each in (Standing.NEW, Standing.CHANGED, Standing.SAME, Standing.UNFIT)))


def note_copy(*, place: Place, by: Actor, now: datetime) -> None:
    """Record that a marked copy, which holds names and numbers in full, leaves the platform."""
    audit.record("roster.copied", by=by, at=now, about=_about(place))


def forget_files(*, now: datetime) -> int:
    """Remove files that were not confirmed within a day, and what came of those that were; return how many."""
    return RosterFile.objects.filter(since__lte=now - KEPT).delete()[0]


def is_on_its_way(file: RosterFile, now: datetime) -> bool:
    """Say whether a file is being taken in, and not for so long that the worker must have given it up."""
    return file.state == FileState.TAKEN.value and now < file.since + STUCK_AFTER


def _hold(place: Place) -> None:
    """Let those who fill one application wait for each other, and refuse where its roster is closed by now."""
    if place.opening is not None:
        held = ClassOpening.objects.select_for_update().filter(pk=place.opening.pk, state__in=FILLABLE)
        if held.first() is None:
            raise NotInClass


def _locked(viewer: Viewer, place: Place) -> RosterFile:
    file = _waiting(viewer, place).select_for_update().filter(state=FileState.SHOWN.value).first()
    if file is None:
        raise NoRosterFile
    return file


def _waiting(viewer: Viewer, place: Place) -> QuerySet[RosterFile]:
    return RosterFile.objects.filter(
        author_id=viewer.account_id, opening=place.opening, training_class=place.training_class
    )


def _packed(name: str, sheets: Sequence[Sheet]) -> bytes:
    held = [[each.name, [[line.at, line.cells] for line in each.lines], each.has_more] for each in sheets]
    return zlib.compress(json.dumps({"name": name[-_LONGEST_NAME:], "sheets": held}, ensure_ascii=False).encode())


def _written_choice(choice: Choice) -> dict[str, object]:
    columns = {column.value: at for column, at in choice.columns.items()}
    return {"sheet": choice.sheet, "header_at": choice.header_at, "columns": columns}


def _about(place: Place) -> tuple[str, object]:
    return (
        ("opening", place.opening.pk) if place.opening else ("class", place.training_class and place.training_class.pk)
    )
