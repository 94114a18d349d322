"""The conditions of subsidy in force, and what they say of learners. Clause C6."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jiangxue.accounts.queries.statistics import birth_and_sex
from jiangxue.accounts.rules.id_types import IdType, told_by
from jiangxue.djangokit.sealed import reveal
from jiangxue.enrolment.errors import NotTheirsToImport
from jiangxue.enrolment.models import Enrolment, RosterEntry, SubsidyTable, TrainingClass
from jiangxue.enrolment.rules.background import background_of
from jiangxue.enrolment.rules.subsidies import Judged, Person, SubsidyRow, judged
from jiangxue.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class At:
    """Where and when a class begins: the region of its institution and its first day."""

    region: str
    day: date

    @classmethod
    def of_class(cls, training_class: TrainingClass) -> "At":
        """Return where and when a class begins; its institution should be loaded with it."""
        return cls(training_class.institution.region_id, training_class.opens_on)


def require_importer(viewer: Viewer) -> None:
    """Raise `NotTheirsToImport` for everybody but the system administrator."""
    if viewer.role is not Role.SYSTEM_ADMINISTRATOR:
        raise NotTheirsToImport


def subsidy_tables(viewer: Viewer) -> QuerySet[SubsidyTable]:
    """Return every imported table, the one in force from the latest day on first, or raise `NotTheirsToImport`."""
    require_importer(viewer)
    return SubsidyTable.objects.select_related("author").order_by("-valid_from")


def rows_on(day: date) -> tuple[SubsidyRow, ...]:
    """Return the lines in force on a day; none before the first table."""
    table = SubsidyTable.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return table.lines if table else ()


def of_roster(entries: Collection[RosterEntry], at: At) -> dict[int, Judged]:
    """Return what is said of people on a roster, by entry, for callers who have them from a viewer's query."""
    rows = rows_on(at.day)
    return {each.pk: judged(rows, _person_of(each), at.region, at.day) for each in entries}


def of_places(places: Collection[Enrolment], at: At) -> dict[int, Judged]:
    """Return what is said of the learners of places in one class, by place, for callers who have them from a viewer's query."""
    rows, known = rows_on(at.day), birth_and_sex({place.learner_id for place in places})
    found: Mapping[int, Person] = {
        place.pk: Person(*known.get(place.learner_id, (None, None)), background_of(place).group) for place in places
    }
    return {pk: judged(rows, person, at.region, at.day) for pk, person in found.items()}


def _person_of(entry: RosterEntry) -> Person:
    told = told_by(IdType(entry.id_type), reveal(entry, "id_number"))
    return Person(told.born_in, told.sex, background_of(entry).group)
