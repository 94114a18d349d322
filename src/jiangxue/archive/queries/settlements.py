"""How far the settlement of a class has come, and what its places come to. Clause T1.3."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jiangxue.archive.models import SettledPlace, Settlement
from jiangxue.archive.queries.freezes import not_recognised, rulings_of
from jiangxue.archive.rules.freezes import time_kept_out
from jiangxue.archive.rules.settlement import LessonFacts, PlaceHours, SettledItem, SettlementState, settled_place
from jiangxue.assessment.queries.lesson_tests import Seat, lesson_tests
from jiangxue.assessment.rules.attempts import LessonTest
from jiangxue.attendance.queries.time import Attended, attended
from jiangxue.courseware.queries.teaching import Taught, lessons_by_id, taught_in
from jiangxue.courseware.rules.content import Mode
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.queries import Class, Place, places_of_class, reach_of
from jiangxue.kernel.canonical import canonical_json
from jiangxue.kernel.clock import to_ms
from jiangxue.learning.queries.lesson_time import LessonTime, lesson_time
from jiangxue.learning.queries.progress import Progress, progress_by_lesson
from jiangxue.policies.queries import InForce, time_policy_for
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Proposed:
    """What all places of a class come to now, by enrolment, and the rules by which that is so."""

    places: Mapping[int, PlaceHours]
    in_force: InForce

    @property
    def digest(self) -> str:
        """Return the hash of all figures."""
        figures = {str(place): hours.to_values() for place, hours in self.places.items()}
        return hashlib.sha256(canonical_json(figures)).hexdigest()


def settlement_of(class_id: int) -> Settlement | None:
    """Return the last proposal of a class, with its review if it has one."""
    found = Settlement.objects.filter(training_class=class_id).select_related("review")
    return found.order_by("-ordinal").first()


def state_of(settlement: Settlement | None) -> SettlementState:
    """Return how far a settlement has come."""
    if settlement is None:
        return SettlementState.OPEN
    review = getattr(settlement, "review", None)
    if review is None:
        return SettlementState.PROPOSED
    return SettlementState.SETTLED if review.confirms else SettlementState.SENT_BACK


@as_program()
def settled_classes(class_ids: Collection[int]) -> set[int]:
    """Return those of some classes that are settled, in whatever institution, for the program itself."""
    confirmed = Settlement.objects.filter(training_class__in=class_ids, review__confirms=True)
    return set(confirmed.values_list("training_class", flat=True))


def is_settled(class_id: int) -> bool:
    """Say whether the hours of a class are settled."""
    return state_of(settlement_of(class_id)) is SettlementState.SETTLED


def settled_places(enrolment_ids: Collection[int]) -> dict[int, SettledPlace]:
    """Return what counts now of each place whose class is settled."""
    rows = SettledPlace.objects.filter(enrolment__in=enrolment_ids).order_by("ordinal")
    return {row.enrolment_id: row for row in rows}


def places_to_settle(class_id: int) -> list[Place]:
    """Return the places of a class that can be settled: nothing is written into an archive that is erased."""
    return [place for place in places_of_class(class_id) if place.erased_at is None]


def hours_now(training_class: Class, at: datetime, *, only: Collection[int] | None = None) -> Proposed:
    """Return what the places of a class come to by the records of `at`; `only` some of them. Days that are not recognised count nothing.

    By the rules in force when the class ended: whoever sets rules afterwards changes nothing of what was learned under others.
    """
    last_moment = training_class.term.closes_at - timedelta(milliseconds=1)
    in_force = time_policy_for(reach_of(training_class), min(at, last_moment))
    placed = places_to_settle(training_class.pk)
    enrolments = [place.pk for place in placed if only is None or place.pk in only]
    lessons = _Lessons(training_class, in_force.policy, enrolments, at)
    declared = training_class.version.whole.facts.hours
    items = _attendance([place for place in placed if place.pk in enrolments], training_class.pk)
    return Proposed(
        {pk: settled_place(lessons.of(pk), declared, in_force.policy, items[pk]) for pk in enrolments}, in_force
    )


def _attendance(places: Collection[Place], class_id: int) -> dict[int, list[SettledItem]]:
    rulings = rulings_of([place.pk for place in places])
    return {
        pk: [_item(each, time_kept_out(rulings.get(pk, ()), each.counted.spans)) for each in found]
        for pk, found in attended(places, class_id).items()
    }


def _item(each: Attended, kept_out: Mapping[str, int]) -> SettledItem:
    """Return an item as it is settled; what counts of it on days that are not recognised stands under their reason."""
    refused = {reason.value: ms for reason, ms in each.counted.refused_ms.items()}
    return SettledItem(
        item_id=each.item.pk,
        title=each.item.title,
        mode=Mode(each.item.mode),
        starts_at_ms=to_ms(each.item.starts_at),
        ends_at_ms=to_ms(each.item.ends_at),
        hours=each.item.hours,
        counted_ms=each.counted.ms - sum(kept_out.values()),
        refused_ms=dict(sorted({**refused, **kept_out}.items())),
    )


def figures_of_class(training_class: Class, at: datetime) -> dict[int, Mapping[str, Any]]:
    """Return what each place of a class comes to, by enrolment: as it is settled, or by the records of `at`; for callers who know that their viewer may see the class."""
    if is_settled(training_class.pk):
        places = [place.pk for place in places_of_class(training_class.pk)]
        return {pk: row.figures for pk, row in settled_places(places).items()}
    return {pk: hours.to_values() for pk, hours in hours_now(training_class, at).places.items()}


def recognised_lessons(training_class: Class, enrolment_ids: Collection[int], at: datetime) -> dict[int, int]:
    """Return how many lessons of some places of a class are recognised, as it is settled or by the records of `at`; for callers who know that their viewer may see the class."""
    if is_settled(training_class.pk):
        rows = settled_places(enrolment_ids)
        found = {pk: sum(bool(each["recognised_ms"]) for each in row.figures["lessons"]) for pk, row in rows.items()}
    else:
        now = hours_now(training_class, at, only=enrolment_ids)
        found = {pk: hours.recognised_lessons for pk, hours in now.places.items()}
    return {pk: found.get(pk, 0) for pk in enrolment_ids}


class _Lessons:
    """What is known of the lessons of some places of a class."""

    def __init__(self, training_class: Class, policy: TimePolicy, enrolments: Collection[int], at: datetime) -> None:
        self._policy = policy
        self._taught = {each.lesson_id: each for each in taught_in([training_class.version_id])}
        self._time = lesson_time(enrolments, kept_out=not_recognised(enrolments))
        self._progress = progress_by_lesson(list(enrolments))
        seats = [Seat(pk, training_class.version_id, policy) for pk in enrolments]
        self._tests = lesson_tests(seats, at)
        left = {lesson_id for _, lesson_id in self._time} - self._taught.keys()
        self._left = lessons_by_id(left)

    def of(self, enrolment_id: int) -> list[LessonFacts]:
        """Return the lessons of the version that is taught, in order, then those of earlier ones in which time was spent."""
        spent = [pk for place, pk in self._time if place == enrolment_id and pk in self._left]
        taught = [self._facts(enrolment_id, pk, each.title, each) for pk, each in self._taught.items()]
        return taught + [self._facts(enrolment_id, pk, self._left[pk].title, None) for pk in sorted(spent)]

    def _facts(self, enrolment_id: int, lesson_id: int, title: str, taught: Taught | None) -> LessonFacts:
        key = enrolment_id, lesson_id
        time, test = self._time.get(key, LessonTime()), self._tests.get(key, LessonTest())
        paced = self._progress.get(key, Progress()).paced(self._policy)
        return LessonFacts(
            lesson_id=lesson_id,
            title=title,
            length_ms=taught.lesson.media.extent.length_under(paced) if taught else 0,
            confirmed_ms=time.confirmed_ms,
            provisional_ms=time.provisional_ms,
            corrected_ms=time.corrected_ms,
            refused_ms=time.refused_ms,
            is_test_owed=test.is_owed,
            test_score=test.passed_with,
            is_taught=taught is not None,
        )
