"""Roll call and corrections: one person of staff states who was present, a second one signs; and what learners say against it. Clauses M6, C3."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.attendance.errors import Cancelled, NothingToSay, NotTheTurn, NotYours
from jiangxue.attendance.models import AttendanceObjection, AttendanceReview, AttendanceStatement
from jiangxue.attendance.queries.sheet import Entry, entries, planned_span
from jiangxue.attendance.rules.deciding import require_objection, require_signature, require_statement
from jiangxue.attendance.rules.presence import require_statable
from jiangxue.attendance.services.evidence import item_facts, objection_facts, statement_facts
from jiangxue.attendance.services.telling import tell_of_objection, tell_of_reviews, tell_of_statements
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.queries import Place, answers_for, enrolment_for, places_in
from jiangxue.enrolment.queries.plan import Item, plan_item
from jiangxue.kernel import ids
from jiangxue.kernel.clock import Clock, learning_day, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.rules.appeals import due_on
from jiangxue.ledger import services as ledger

STATERS = frozenset({Role.TEACHER, Role.HEAD_TEACHER})


@dataclass(frozen=True, slots=True)
class Stating:
    """What is stated of some learners at an item: present from when until when (None: not present), and why staff say so.

    `after` has their places, each with the number of statements that there were when the page was read.
    """

    class_id: int
    item_id: int
    after: Mapping[int, int]
    span: tuple[datetime, datetime] | None
    text: str


@dataclass(frozen=True, slots=True)
class Signing:
    """What a second person says to some statements about an item, and why."""

    class_id: int
    item_id: int
    statements: Collection[UUID]
    agrees: bool
    text: str


@dataclass(frozen=True, slots=True)
class Objecting:
    """Of which item a learner says that their attendance is wrong, and why."""

    class_id: int
    item_id: int
    text: str


@transaction.atomic
def state(viewer: Viewer, said: Stating, *, by: Actor, clock: Clock) -> int:
    """State of learners that they were present, or not, and return of how many; all or nothing. Raises `NotInClass`, `NoSuchItem` or an `AttendanceRefusal`."""
    item = _locked_item(viewer, said.class_id, said.item_id)
    if viewer.role not in STATERS:
        raise NotYours
    if not said.after or not said.text:
        raise NothingToSay
    now = clock.now()
    span = (to_ms(said.span[0]), to_ms(said.span[1])) if said.span else None
    require_statable(planned_span(item), span, now_ms=to_ms(now))
    places = {place.pk: place for place in places_in(viewer, said.class_id).values() if place.erased_at is None}
    if not said.after.keys() <= places.keys():
        raise NotTheTurn
    known = entries([item.pk], said.after.keys())
    for place_id, after in said.after.items():
        entry = known.get((item.pk, place_id), Entry())
        require_statement(entry.words, by=viewer.account_id, learner=places[place_id].learner_id)
        if len(entry.statements) != after:
            raise NotTheTurn
        _append_statement(item, places[place_id], said, viewer, now)
    audit.record("attendance.stated", by=by, at=now, about=("plan_item", item.pk), reason=said.text[:200])
    tell_of_statements(item, by_id=viewer.account_id, at=now)
    return len(said.after)


def _append_statement(item: Item, place: Place, said: Stating, viewer: Viewer, now: datetime) -> None:
    statement = AttendanceStatement.objects.create(
        id=ids.new_id(),
        item=item,
        enrolment=place,
        learner_id=place.learner_id,
        ordinal=said.after[place.pk] + 1,
        present_from=said.span[0] if said.span else None,
        present_until=said.span[1] if said.span else None,
        text=said.text,
        by_id=viewer.account_id,
        role=viewer.role.value,
        at=now,
    )
    ledger.append(place.aid, "attendance.stated", statement_facts(statement), at=now)


@transaction.atomic
def review(viewer: Viewer, said: Signing, *, by: Actor, clock: Clock) -> int:
    """Sign statements about an item or send them back, and return how many; all or nothing. Raises `NotInClass`, `NoSuchItem` or an `AttendanceRefusal`."""
    item = _locked_item(viewer, said.class_id, said.item_id)
    if not answers_for(viewer, item.training_class):
        raise NotYours
    if not said.statements or not (said.agrees or said.text):
        raise NothingToSay
    places = {place.pk: place for place in places_in(viewer, said.class_id).values()}
    waiting = {
        entry.waiting.pk: (entry, places[place_id])
        for (_, place_id), entry in entries([item.pk]).items()
        if entry.waiting is not None and places[place_id].erased_at is None
    }
    if not set(said.statements) <= waiting.keys():
        raise NotTheTurn
    now = clock.now()
    for pk in said.statements:
        entry, place = waiting[pk]
        require_signature(entry.words, by=viewer.account_id, learner=place.learner_id)
        _append_review(entry.statements[-1], place, said, viewer, now)
    act = "attendance.confirmed" if said.agrees else "attendance.sent_back"
    audit.record(act, by=by, at=now, about=("plan_item", item.pk), reason=said.text[:200])
    tell_of_reviews(item, [waiting[pk][0] for pk in said.statements], agrees=said.agrees, at=now)
    return len(said.statements)


def _append_review(statement: AttendanceStatement, place: Place, said: Signing, viewer: Viewer, now: datetime) -> None:
    made = AttendanceReview.objects.create(
        statement=statement,
        by_id=viewer.account_id,
        stated_by_id=statement.by_id,
        role=viewer.role.value,
        at=max(now, statement.at),
        agrees=said.agrees,
        text=said.text,
    )
    facts = {
        **item_facts(statement.item),
        "statement": statement.pk.hex,
        "agrees": made.agrees,
        "text": made.text,
        "by": made.by_id,
        "stated_by": made.stated_by_id,
        "role": made.role,
    }
    ledger.append(place.aid, "attendance.reviewed", facts, at=made.at)


@transaction.atomic
def object_to(viewer: Viewer, said: Objecting, *, by: Actor, clock: Clock) -> None:
    """Say that one's own attendance of an item is wrong, once it has begun; raises `NotInClass`, `NoSuchItem` or an `AttendanceRefusal`."""
    place = enrolment_for(viewer, said.class_id)
    item = _locked_item(viewer, said.class_id, said.item_id)
    if not said.text:
        raise NothingToSay
    now = clock.now()
    require_statable(planned_span(item), None, now_ms=to_ms(now))
    entry = entries([item.pk], [place.pk]).get((item.pk, place.pk), Entry())
    require_objection(before=len(entry.objections), is_open=entry.open_objection is not None)
    objection = AttendanceObjection.objects.create(
        id=ids.new_id(),
        item=item,
        enrolment=place,
        ordinal=len(entry.objections) + 1,
        after=len(entry.statements),
        text=said.text,
        at=now,
        due_on=due_on(learning_day(now)),
    )
    ledger.append(place.aid, "attendance.disputed", objection_facts(objection), at=now)
    audit.record("attendance.disputed", by=by, at=now, about=("plan_item", item.pk))
    tell_of_objection(objection)


def _locked_item(viewer: Viewer, class_id: int, item_id: int) -> Item:
    """Return an item of a class that the viewer sees; what is stated of it happens one after the other."""
    item = plan_item(viewer, class_id, item_id)
    lock_until_commit(hashlib.sha256(f"attendance of item {item.pk}".encode()).digest())
    if item.cancelled_at is not None:
        raise Cancelled
    return item
