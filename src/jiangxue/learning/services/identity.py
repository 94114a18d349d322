"""Confirming live who learns, where no face is checked: one person states it, another one signs. Clauses T3.2, T1.3."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.kernel import ids
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock, learning_day, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NotSeenWhileLearning, NotTheTurn, NotYours
from jiangxue.learning.models import IdentityReview, IdentityStatement, StudySession
from jiangxue.learning.queries.identity import StaffDay, staff_day
from jiangxue.learning.rules.identity import (
    Document,
    How,
    require_review,
    require_seen_while_learning,
    require_statement,
)
from jiangxue.learning.rules.verdicts import Span
from jiangxue.learning.services.leases import locked_lease
from jiangxue.ledger import services as ledger

STATERS = frozenset({Role.TEACHER, Role.HEAD_TEACHER})


@dataclass(frozen=True, slots=True)
class Meant:
    """Which day of whom is meant, and how many statements there were when the page was read."""

    class_id: int
    enrolment_id: int
    day: date
    after: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How, when and by which document somebody was seen."""

    how: How
    at: datetime
    document: Document


@dataclass(frozen=True, slots=True)
class Statement:
    """What one person states: how the learner was seen, or (None) that it could not be confirmed, and a remark."""

    seen: Seen | None
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What a second person says to a statement, and why."""

    agrees: bool
    text: str


@transaction.atomic
def state_identity(viewer: Viewer, meant: Meant, said: Statement, *, by: Actor, clock: Clock) -> None:
    """State that the learner was seen, or that it could not be confirmed; raises a refusal of `learning`."""
    found, now = _locked(viewer, meant, clock)
    if viewer.role not in STATERS:
        raise NotYours
    place, seen = found.place, said.seen
    require_statement(found.state, by=viewer.account_id, learner=place.learner_id)
    if seen is not None:
        if learning_day(seen.at) != meant.day:
            raise NotSeenWhileLearning
        require_seen_while_learning(to_ms(seen.at), _sessions(found, now), to_ms(now))
    statement = IdentityStatement.objects.create(
        id=ids.new_id(),
        enrolment_id=place.pk,
        learner_id=place.learner_id,
        day=meant.day,
        ordinal=meant.after + 1,
        is_seen=seen is not None,
        how=seen.how.value if seen else "",
        seen_at=seen.at if seen else None,
        document=seen.document.value if seen else "",
        text=said.text,
        by_id=viewer.account_id,
        role=viewer.role.value,
        at=now,
    )
    ledger.append(place.aid, "identity.stated", _facts(statement), at=now)
    audit.record("identity.stated", by=by, at=now, about=("identity_statement", statement.pk))


@transaction.atomic
def review_identity(viewer: Viewer, meant: Meant, said: Signature, *, by: Actor, clock: Clock) -> None:
    """Sign the last statement about a day, or send it back and say why; raises a refusal of `learning`."""
    found, now = _locked(viewer, meant, clock)
    if viewer.role is not Role.INSTITUTION_ADMINISTRATOR:
        raise NotYours
    stated = found.last
    require_review(
        found.state,
        by=viewer.account_id,
        learner=found.place.learner_id,
        stated_by=stated.by_id if stated else None,
    )
    assert stated is not None
    at = max(now, stated.at)
    review = IdentityReview.objects.create(
        statement=stated,
        by_id=viewer.account_id,
        stated_by_id=stated.by_id,
        role=viewer.role.value,
        at=at,
        agrees=said.agrees,
        text=said.text,
    )
    facts: dict[str, Value] = {
        "statement": stated.pk.hex,
        "day": stated.day.isoformat(),
        "agrees": review.agrees,
        "by": review.by_id,
        "stated_by": review.stated_by_id,
        "role": review.role,
        "text": review.text,
    }
    ledger.append(found.place.aid, "identity.reviewed", facts, at=at)
    act = "identity.signed" if said.agrees else "identity.sent_back"
    audit.record(act, by=by, at=at, about=("identity_statement", stated.pk))


def _locked(viewer: Viewer, meant: Meant, clock: Clock) -> tuple[StaffDay, datetime]:
    """Return the day as it stands under its learner's lock, and when that is; raise `NotTheTurn` if it has moved on since the page was read."""
    before = staff_day(viewer, meant.class_id, meant.enrolment_id, meant.day)
    _lease, now = locked_lease(before.place.learner_id, clock)
    found = staff_day(viewer, meant.class_id, meant.enrolment_id, meant.day)
    if len(found.statements) != meant.after:
        raise NotTheTurn
    return found, now


def _sessions(found: StaffDay, now: datetime) -> list[Span]:
    rows = StudySession.objects.filter(enrolment=found.place).values_list("opened_at", "closed_at")
    return [(to_ms(opened_at), to_ms(closed_at or now)) for opened_at, closed_at in rows]


def _facts(statement: IdentityStatement) -> dict[str, Value]:
    return {
        "statement": statement.pk.hex,
        "day": statement.day.isoformat(),
        "ordinal": statement.ordinal,
        "is_seen": statement.is_seen,
        "how": statement.how,
        "seen_at_ms": to_ms(statement.seen_at) if statement.seen_at else None,
        "document": statement.document,
        "text": statement.text,
        "by": statement.by_id,
        "role": statement.role,
    }
