"""Days that staff confirm because no face was checked (人工核验), and what was said of them. Clauses T3.2, C5."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models.functions import TruncDate

from jiangxue.enrolment.queries import Place, place_for, places_by_id, places_in, places_within
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.errors import NothingToConfirm
from jiangxue.learning.models import Check, DayTotal, IdentityStatement, StudySession
from jiangxue.learning.rules.identity import NOT_OF_ATTENTION, UNDECIDED, IdentityState, Stated, state_of

TURNS = {
    Role.TEACHER: IdentityState.TO_STATE,
    Role.HEAD_TEACHER: IdentityState.TO_STATE,
    Role.INSTITUTION_ADMINISTRATOR: IdentityState.TO_REVIEW,
}
"""What waits for whom."""
type DayOfPlace = tuple[int, date]
"""The number of a place, and a learning day."""


@dataclass(frozen=True, slots=True)
class StaffDay:
    """A learner's day in a class that staff confirm: how much was learned (ms, credited), and every statement about it, in order."""

    place: Place
    day: date
    ms: int
    statements: Sequence[IdentityStatement] = field(default=())
    learns_now: bool = False

    @property
    def state(self) -> IdentityState:
        """Return whose turn it is, or how it was decided."""
        return state_of(_stated(self.statements[-1]) if self.statements else None)

    @property
    def last(self) -> IdentityStatement | None:
        """Return the last statement."""
        return self.statements[-1] if self.statements else None


def _stated(statement: IdentityStatement) -> Stated:
    review = getattr(statement, "review", None)
    return Stated(statement.is_seen, review.agrees if review else None)


def staff_days(viewer: Viewer, class_id: int) -> list[StaffDay]:
    """Return the days of a class that staff confirm, those that go on first, then the newest, for its staff and supervisors."""
    return _days({place.pk: place for place in places_in(viewer, class_id).values()})


def staff_day(viewer: Viewer, class_id: int, enrolment_id: int, day: date) -> StaffDay:
    """Return one such day, or raise `NothingToConfirm`."""
    place = place_for(viewer, class_id, enrolment_id)
    found = [each for each in _days({place.pk: place}) if each.day == day]
    if not found:
        raise NothingToConfirm
    return found[0]


def days_learned(class_id: int) -> int:
    """Return on how many days anything was learned in a class, each learner's counted apart."""
    return DayTotal.objects.filter(training_class=class_id, credited_ms__gt=0).count()


def staff_days_within(viewer: Viewer) -> list[StaffDay]:
    """Return such days of all classes that staff may see; one query where there are none."""
    due = {enrolment_id for enrolment_id, _ in days_by_staff(places_within(viewer))}
    return _days({place.pk: place for place in places_by_id(due)}) if due else []


def waiting_for(viewer: Viewer) -> int:
    """Return how many days wait for a word of the viewer's role, over all their classes."""
    turn = TURNS.get(viewer.role)
    return sum(each.state is turn for each in staff_days_within(viewer)) if turn is not None else 0


def own_staff_days(places: Sequence[Place]) -> list[StaffDay]:
    """Return such days of the caller's own places, newest first."""
    return _days({place.pk: place for place in places})


def undecided_days(places: Sequence[Place]) -> int:
    """Return how many days of places have not been decided about, for the program itself."""
    return sum(each.state in UNDECIDED for each in _days({place.pk: place for place in places}))


def _days(places: Mapping[int, Place]) -> list[StaffDay]:
    """Return the days on which anything was learned, or that go on."""
    due = days_by_staff(places)
    if not due:
        return []
    learned, statements = _learned(places), statements_about(places)
    running = set(StudySession.objects.filter(enrolment__in=places, closed_at=None).values_list("enrolment", flat=True))
    last = {pk: max(day for each, day in due if each == pk) for pk, _ in due}
    found = [
        StaffDay(
            places[pk],
            day,
            learned.get((pk, day), 0),
            statements.get((pk, day), ()),
            learns_now=pk in running and day == last[pk],
        )
        for pk, day in due
    ]
    kept = [each for each in found if each.ms or each.learns_now]
    return sorted(kept, key=lambda each: (each.learns_now, each.day, each.place.pk), reverse=True)


def days_by_staff(enrolment_ids: Iterable[int]) -> set[DayOfPlace]:
    """Return the days of places on which a face was due, and attention was asked for instead."""
    asked = Check.objects.filter(session__enrolment__in=enrolment_ids)
    asked = asked.exclude(trigger="").exclude(kind__in=NOT_OF_ATTENTION)  # word for word as its index has it
    on = TruncDate("asked_at", tzinfo=LEARNING_ZONE)
    return set(asked.values_list("session__enrolment", on).distinct())


def _learned(places: Mapping[int, Place]) -> dict[DayOfPlace, int]:
    by_person = {(place.learner_id, place.training_class_id): pk for pk, place in places.items()}
    totals = DayTotal.objects.filter(
        learner__in={learner for learner, _ in by_person}, training_class__in={each for _, each in by_person}
    )
    rows = totals.values_list("learner", "training_class", "day", "credited_ms")
    return {
        (by_person[learner, class_id], day): ms
        for learner, class_id, day, ms in rows
        if (learner, class_id) in by_person
    }


def statements_about(enrolment_ids: Collection[int]) -> dict[DayOfPlace, list[IdentityStatement]]:
    """Return what was stated about days of places, in order, with what second persons said."""
    rows = IdentityStatement.objects.filter(enrolment__in=enrolment_ids).select_related("by", "review__by")
    found: dict[DayOfPlace, list[IdentityStatement]] = defaultdict(list)
    for row in rows.order_by("ordinal"):
        found[row.enrolment_id, row.day].append(row)
    return dict(found)


def days_not_confirmed(enrolment_ids: Collection[int]) -> list[DayOfPlace]:
    """Return the days of which two persons have said that it could not be confirmed who learned."""
    return [
        key
        for key, statements in statements_about(enrolment_ids).items()
        if state_of(_stated(statements[-1])) is IdentityState.NOT_CONFIRMED
    ]
