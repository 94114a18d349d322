"""Settling the hours of a class: the head teacher proposes, a second person confirms or sends back. Clauses T1.3, C3.

What happens to one class happens one after the other, under a lock of its own.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.accounts.services.erasing import lock_accounts
from jiangxue.archive.errors import (
    AttendanceOpen,
    ClassNotOver,
    FiguresChanged,
    NobodyEnrolled,
    NotTheTurn,
    NotYours,
    OwnHours,
    StillAtTest,
    StillFrozen,
    StillOpen,
    WarnedMeanwhile,
)
from jiangxue.archive.models import SettledPlace, Settlement, SettlementReview
from jiangxue.archive.queries.freezes import standing_in
from jiangxue.archive.queries.settlements import (
    Proposed,
    hours_now,
    places_to_settle,
    settled_places,
    settlement_of,
    state_of,
)
from jiangxue.archive.queries.warnings import warnings_of
from jiangxue.archive.rules.settlement import PlaceHours, SettlementState, require_confirmable
from jiangxue.archive.services.faces import forget_settled_faces
from jiangxue.archive.services.telling import tell_of_proposal, tell_of_review
from jiangxue.assessment.queries.lesson_tests import is_any_open
from jiangxue.attendance.queries.open_ends import open_attendance
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.queries import Class, Place, class_for, place_and_class, places_of_class
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.open_ends import open_ends
from jiangxue.learning.queries.second_person import may_check
from jiangxue.learning.services.leases import lock_leases
from jiangxue.learning.services.verdicts import refuse_unconfirmed
from jiangxue.ledger import services as ledger
from jiangxue.ledger.services import Event

type Persons = tuple[int | None, int | None]
"""Who proposed and who confirmed; nobody confirms a freeze, and nobody at all that one has run out."""


@dataclass(frozen=True, slots=True)
class Review:
    """What the second person does with the proposal numbered `ordinal`, and why; `seen` is of which warnings the page told them (`Warnings.digest`)."""

    ordinal: int
    confirms: bool
    text: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Because:
    """Why a place is settled again: an appeal that gave something back, or a freeze that was placed or has ended."""

    appeal: UUID | None = None
    freeze: UUID | None = None

    @property
    def id(self) -> UUID | None:
        """Return the number of either."""
        return self.appeal or self.freeze


@transaction.atomic
def propose(viewer: Viewer, class_id: int, *, by: Actor, clock: Clock) -> Settlement:
    """Propose what the hours of a class come to, or raise `NotInClass` or a `SettlementRefusal`."""
    training_class = _locked_class(viewer, class_id)
    if viewer.role is not Role.HEAD_TEACHER or training_class.head_teacher_id != viewer.account_id:
        raise NotYours
    if viewer.account_id in {place.learner_id for place in places_of_class(class_id)}:
        raise OwnHours
    before = settlement_of(class_id)
    if state_of(before) in {SettlementState.PROPOSED, SettlementState.SETTLED}:
        raise NotTheTurn
    now = clock.now()
    proposed = _ready(training_class, now)
    settlement = Settlement.objects.create(
        training_class=training_class,
        ordinal=before.ordinal + 1 if before else 1,
        proposed_by_id=viewer.account_id,
        proposed_at=now,
        policy_versions=list(proposed.in_force.version_ids),
        digest=proposed.digest,
    )
    audit.record("settlement.proposed", by=by, at=now, about=("class", class_id))
    tell_of_proposal(training_class, viewer.account_id, now)
    return settlement


@transaction.atomic
def review(viewer: Viewer, class_id: int, said: Review, *, by: Actor, clock: Clock) -> None:
    """Confirm a proposal, which settles the class for good, or send it back; raises `NotInClass` or a `SettlementRefusal`."""
    training_class = _locked_class(viewer, class_id)
    if not may_check(viewer, training_class, clock.now()):
        raise NotYours
    settlement = settlement_of(class_id)
    if settlement is None or settlement.ordinal != said.ordinal:
        raise NotTheTurn
    learners = [place.learner_id for place in places_of_class(class_id)]
    require_confirmable(
        state_of(settlement), by=viewer.account_id, proposer=settlement.proposed_by_id, learners=learners
    )
    if said.confirms:
        lock_accounts(learners)
        if said.seen != warnings_of(class_id).digest:
            raise WarnedMeanwhile
        lock_leases(learners)
    now = max(clock.now(), settlement.proposed_at)
    reviewed = SettlementReview.objects.create(
        settlement=settlement,
        by_id=viewer.account_id,
        proposed_by_id=settlement.proposed_by_id,
        at=now,
        confirms=said.confirms,
        text=said.text,
    )
    if said.confirms:
        _settle(reviewed, training_class)
        forget_settled_faces(learners, by=by, now=now)
    act = "settlement.confirmed" if said.confirms else "settlement.sent_back"
    audit.record(act, by=by, at=now, about=("class", class_id))
    tell_of_review(reviewed, training_class)


@transaction.atomic
def settle_again(enrolment_id: int, *, because: Because, persons: Persons, now: datetime) -> None:
    """Append what a place of a settled class comes to after a correction by two persons, or a freeze; nothing where it is not settled yet, nor where a freeze changes no figure."""
    place, training_class = lock_class_of(enrolment_id)
    settle_place_again(place, training_class, because=because, persons=persons, now=now)


def settle_place_again(
    place: Place, training_class: Class, *, because: Because, persons: Persons, now: datetime
) -> None:
    """Do the same for who holds the lock of the class already."""
    settlement = settlement_of(training_class.pk)
    if settlement is None or state_of(settlement) is not SettlementState.SETTLED:
        return
    proposed = hours_now(training_class, settlement.review.at, only=[place.pk])
    before = settled_places([place.pk]).get(place.pk)
    hours = proposed.places[place.pk]
    if before is None or (because.freeze and before.figures == hours.to_values()):
        return
    basis = _Basis(settlement, proposed.in_force.version_ids, persons, before.ordinal + 1, because)
    _keep({place: hours}, basis, now)


def lock_class_of(enrolment_id: int) -> tuple[Place, Class]:
    """Return a place and its class, of which nothing is settled meanwhile; before any lease is locked."""
    place, training_class = place_and_class(enrolment_id)
    lock_class(training_class.pk)
    return place, training_class


def lock_class(class_id: int) -> None:
    """Let nothing of a class be settled until the caller's transaction ends."""
    lock_until_commit(hashlib.sha256(f"settlement of class {class_id}".encode()).digest())


def _locked_class(viewer: Viewer, class_id: int) -> Class:
    found = class_for(viewer, class_id)
    lock_class(class_id)
    return found


def _ready(training_class: Class, now: datetime) -> Proposed:
    """Return what a class comes to, or raise why it cannot be settled yet."""
    if now < training_class.term.closes_at:
        raise ClassNotOver
    ends = open_ends(training_class.pk, training_class.term.closes_at)
    if not ends.is_none:
        raise StillOpen(ends)
    if standing_in(training_class.pk):
        raise StillFrozen
    attendance = open_attendance(training_class.pk, training_class.term.closes_at, now)
    if not attendance.is_none:
        raise AttendanceOpen(attendance)
    proposed = hours_now(training_class, now)
    if not proposed.places:
        raise NobodyEnrolled
    if is_any_open(proposed.places.keys(), now):
        raise StillAtTest
    return proposed


def _settle(reviewed: SettlementReview, training_class: Class) -> None:
    settlement, places = reviewed.settlement, places_to_settle(training_class.pk)
    proposed = _ready(training_class, reviewed.at)
    if proposed.digest != settlement.digest:
        raise FiguresChanged
    refuse_unconfirmed([place.pk for place in places], reviewed.at)
    persons = settlement.proposed_by_id, reviewed.by_id
    basis = _Basis(settlement, proposed.in_force.version_ids, persons, 1, Because())
    _keep({place: proposed.places[place.pk] for place in places}, basis, reviewed.at)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What is written beside figures: the settlement, the rules, who proposed and who confirmed, and what it came from."""

    settlement: Settlement
    policy_versions: tuple[int, ...]
    persons: Persons
    ordinal: int
    because: Because

    def to_values(self) -> dict[str, Value]:
        return {
            "class": self.settlement.training_class_id,
            "settlement": self.settlement.ordinal,
            "ordinal": self.ordinal,
            "proposed_by": self.persons[0],
            "confirmed_by": self.persons[1],
            "because": self.because.id.hex if self.because.id else None,
            "policy_versions": list(self.policy_versions),
        }


def _keep(places: Mapping[Place, PlaceHours], basis: _Basis, at: datetime) -> None:
    """Keep what places come to, and seal it in their archives."""
    SettledPlace.objects.bulk_create(
        SettledPlace(
            settlement=basis.settlement,
            enrolment=place,
            ordinal=basis.ordinal,
            because_id=basis.because.appeal,
            because_freeze_id=basis.because.freeze,
            figures=hours.to_values(),
            recognised_ms=hours.recognised_ms,
            hours=hours.hours.total,
            at=at,
        )
        for place, hours in places.items()
    )
    ledger.append_all(
        [
            Event(place.aid, "hours.settled", {**basis.to_values(), **hours.to_values()}, at)
            for place, hours in places.items()
        ]
    )
