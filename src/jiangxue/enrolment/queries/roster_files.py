"""Rosters that are being filled: where a viewer may send one, the file that waits there, and what is known about the people in it. Clauses C3, C5."""

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from jiangxue.accounts.queries.holders import holders_of, phone_holders
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.djangokit.sealed import blind_index, reveal, reveal_bytes
from jiangxue.enrolment.errors import NoRosterFile, NotInClass
from jiangxue.enrolment.models import ClassOpening, Enrolment, RosterEntry, RosterFile, TrainingClass
from jiangxue.enrolment.queries import answers_for, class_for
from jiangxue.enrolment.queries.same_elsewhere import same_elsewhere
from jiangxue.enrolment.rules.background import background_of
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.enrolment.rules.roster.files import STUCK_AFTER, FileState
from jiangxue.enrolment.rules.roster.held import Known, Registered, Verdict, held_against
from jiangxue.enrolment.rules.roster.rows import rows_of
from jiangxue.enrolment.rules.roster.shapes import MOST_ROWS, Choice, Column, Line, Row, Sheet, Written
from jiangxue.enrolment.rules.roster_checks import MOST_PEOPLE
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.queries import all_region_names

FILLABLE = (OpeningState.DRAFT.value, OpeningState.RETURNED.value)
"""States of an application in which its roster may be changed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a roster goes: an application that is being written, or an open class."""

    opening: ClassOpening | None = None
    training_class: TrainingClass | None = None

    @property
    def name(self) -> str:
        """Return what the class is called."""
        return self.opening.name if self.opening else self.training_class.name if self.training_class else ""

    @property
    def institution_id(self) -> int:
        """Return whose roster it is."""
        held = self.opening or self.training_class
        assert held is not None
        return held.institution_id


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as it was read, and what its rows would do now."""

    name: str
    sheets: tuple[Sheet, ...]
    choice: Choice
    verdict: Verdict

    @property
    def is_too_long(self) -> bool:
        """Say whether there are more people than one roster takes."""
        return self.sheets[self.choice.sheet].has_more or len(self.verdict.rows) > MOST_ROWS

    @property
    def is_too_full(self) -> bool:
        """Say whether, with who is there already, more people would stand there than one class may have."""
        return self.verdict.people > MOST_PEOPLE


def opening_to_fill(viewer: Viewer, opening_id: int) -> Place:
    """Return an application whose roster the viewer may change now, or raise `NotInClass`."""
    found = ClassOpening.objects.filter(pk=opening_id, institution_id=viewer.organisation_id, state__in=FILLABLE)
    opening = _answered_for(viewer, found).first()
    if opening is None:
        raise NotInClass
    return Place(opening=opening)


def _answered_for(viewer: Viewer, openings: QuerySet[ClassOpening]) -> QuerySet[ClassOpening]:
    match viewer.role:
        case Role.INSTITUTION_ADMINISTRATOR if viewer.organisation_id is not None:
            return openings
        case Role.HEAD_TEACHER:
            return openings.filter(head_teacher_id=viewer.account_id)
        case _:
            return openings.none()


def class_to_fill(viewer: Viewer, class_id: int, *, now: datetime) -> Place:
    """Return an open class into which the viewer may take people, or raise `NotInClass`; one that has not begun is open for this, too.

    One that is being opened is not: until those of its application are in it, nobody could say who came beside them.
    """
    found = class_for(viewer, class_id)
    has_ended = not is_open(found.term, now) and found.opens_on <= learning_day(now)
    is_being_opened = ClassOpening.objects.filter(training_class=found, state=OpeningState.OPENING).exists()
    if has_ended or is_being_opened or not answers_for(viewer, found):
        raise NotInClass
    return Place(training_class=found)


def file_for(viewer: Viewer, place: Place) -> RosterFile:
    """Return the viewer's own file that waits at a place, or what came of it, or raise `NoRosterFile`."""
    found = RosterFile.objects.filter(
        author_id=viewer.account_id, opening=place.opening, training_class=place.training_class
    ).first()
    if found is None:
        raise NoRosterFile
    return found


def read_again(file: RosterFile) -> tuple[str, tuple[Sheet, ...]]:
    """Return the name and the sheets of a file that waits, unsealed."""
    held = json.loads(zlib.decompress(reveal_bytes(file, "content")))
    sheets = tuple(
        Sheet(name, tuple(Line(at, tuple(cells)) for at, cells in lines), has_more)
        for name, lines, has_more in held["sheets"]
    )
    return held["name"], sheets


def choice_of(file: RosterFile) -> Choice:
    """Return how a file is to be read."""
    said = file.choice
    columns = {Column(name): int(at) for name, at in said["columns"].items()}
    return Choice(int(said["sheet"]), int(said["header_at"]), columns)


def shown(file: RosterFile, place: Place, *, now: datetime) -> Shown:
    """Return what a file that waits would do to a roster now."""
    name, sheets = read_again(file)
    choice = choice_of(file)
    today = learning_day(now)
    rows = rows_in(sheets, choice, today)
    return Shown(name, sheets, choice, held_against(rows, known_about(rows, place, today)))


def rows_in(sheets: Sequence[Sheet], choice: Choice, today: date) -> list[Row]:
    """Return the rows of the chosen sheet; none as long as it is not known where names and numbers stand."""
    if not choice.is_enough:
        return []
    return rows_of(sheets[choice.sheet], choice, regions=all_region_names(), today=today)


def known_about(rows: Sequence[Row], place: Place, today: date) -> Known:
    """Return what is known of the people in all rows of a file, and who else stands at the place; only the program and the page of who sent them ask."""
    known = known_of(rows, place, today)
    return replace(known, there={**known.there, **_others(rows, place, known)})


def known_of(rows: Sequence[Row], place: Place, today: date) -> Known:
    """Return what is known of the people in some rows, and which of them stand at the place already."""
    numbers = {row.written.id_number for row in rows if row.written.id_number}
    phones = {row.written.phone for row in rows if row.written.phone}
    holders = holders_of(numbers)
    registered = {number: Registered(each.account_id, each.name, each.may_learn) for number, each in holders.items()}
    known = Known(registered, phone_holders(phones))
    if place.opening is not None:
        entries = entries_of(place.opening, of=numbers).values()
        return replace(known, there={each.id_number: each for each in entries})
    assert place.training_class is not None
    mendable = {number for number, each in holders.items() if not each.is_claimed}
    return _in_class(
        place.training_class, rows, replace(known, elsewhere=_elsewhere(place.training_class, known, today)), mendable
    )


def entries_of(opening: ClassOpening, *, of: Collection[str] | None = None) -> dict[int, Written]:
    """Return the people on the roster of an application, or those of some numbers, in full, by the key of their row, for the program itself."""
    found = opening.roster.order_by("pk")
    if of is not None:
        found = found.filter(id_number_index__in=[blind_index("id_number", number) for number in of])
    return {entry.pk: _written(entry) for entry in found}


def _written(entry: RosterEntry) -> Written:
    phone = reveal(entry, "phone") if entry.phone else ""
    return Written(entry.name, IdType(entry.id_type), reveal(entry, "id_number"), phone, background_of(entry))


def _in_class(of: TrainingClass, rows: Sequence[Row], known: Known, mendable: Collection[str]) -> Known:
    """Add who is in a class. Their accounts are theirs: of a row only the background makes a difference, and the phone while nobody has come."""
    accounts = {each.account_id: number for number, each in known.registered.items()}
    places = Enrolment.objects.filter(training_class=of, learner_id__in=accounts)
    by_number = {accounts[place.learner_id]: place for place in places}
    there = {
        row.written.id_number: _as_in_class(row.written, by_number[row.written.id_number], known, mendable)
        for row in rows
        if row.written.id_number in by_number
    }
    left = frozenset(number for number, place in by_number.items() if place.left_at or place.erased_at)
    return replace(known, there=there, left=left, opens_on=of.opens_on)


def _elsewhere(of: TrainingClass, known: Known, today: date) -> frozenset[str]:
    """Return the numbers of those who learn the same in another class that is running."""
    accounts = {each.account_id: number for number, each in known.registered.items()}
    found = same_elsewhere(Q(learner_id__in=accounts), of.version, today, but=of.pk)
    return frozenset(accounts[learner_id] for learner_id in found)


def _others(rows: Sequence[Row], place: Place, known: Known) -> dict[str, Written]:
    """Return who stands at a place and in none of the rows: of an application by number, of a class by account, of whom nothing is unsealed."""
    named = {row.written.id_number for row in rows}
    if place.opening is not None:
        everybody = entries_of(place.opening).values()
        return {each.id_number: each for each in everybody if each.id_number not in named}
    accounts = [each.account_id for number, each in known.registered.items() if number in named]
    there = Enrolment.objects.filter(training_class=place.training_class, left_at=None)
    others = there.exclude(learner_id__in=accounts).values_list("learner_id", flat=True)
    return {f"#{account_id}": Written() for account_id in others}


def _as_in_class(written: Written, place: Enrolment, known: Known, mendable: Collection[str]) -> Written:
    owner = known.phone_owners.get(written.phone)
    is_new_phone = written.id_number in mendable and bool(written.phone) and owner is None
    return replace(written, background=background_of(place), phone="" if is_new_phone else written.phone)


def names_of_missing(place: Place, numbers: Collection[str]) -> list[str]:
    """Return the names of those who are on a roster and not in a file, for whom `Verdict.missing` names."""
    if place.opening is not None:
        return sorted(each.name for each in entries_of(place.opening, of=numbers).values())
    accounts = [int(number.removeprefix("#")) for number in numbers]
    found = Enrolment.objects.filter(training_class=place.training_class, learner_id__in=accounts)
    return sorted(each.learner.staff_name for each in found.select_related("learner"))


def is_being_filled(opening: ClassOpening, now: datetime) -> bool:
    """Say whether the worker takes a file onto the roster of an application now, or is about to."""
    files = RosterFile.objects.filter(opening=opening, state=FileState.TAKEN.value)
    return files.filter(since__gt=now - STUCK_AFTER).exists()


def size_of(place: Place) -> int:
    """Return how many people stand at a place already."""
    if place.opening is not None:
        return place.opening.roster.count()
    return Enrolment.objects.filter(training_class=place.training_class, left_at=None).count()


def regions_by_code() -> Mapping[str, str]:
    """Return the regions that are known, for the list of allowed words."""
    return all_region_names()
