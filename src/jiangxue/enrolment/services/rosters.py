"""Putting single people on the roster of an application, and taking them off it. Clauses T7, M1."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from jiangxue.accounts.rules.corrections import fit_name
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.number_flaws import fit_number
from jiangxue.accounts.services.codes import phone_of
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.enrolment.errors import AlreadyOnRoster, NoSuchOpening, RosterFull
from jiangxue.enrolment.models import RosterEntry
from jiangxue.enrolment.rules.background import UNTOLD, Background
from jiangxue.enrolment.rules.roster.shapes import Written
from jiangxue.enrolment.rules.roster_checks import MOST_PEOPLE
from jiangxue.enrolment.services.entries import entry_of, new_keys
from jiangxue.enrolment.services.openings import locked_for_editing
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class RosterDraft:
    """One person as typed: name, document, number and mobile number in any form, and what is told of them."""

    name: str
    id_type: IdType
    id_number: str
    phone: str = ""
    background: Background = UNTOLD


@transaction.atomic
def add_person(*, viewer: Viewer, opening_id: int, person: RosterDraft, by: Actor, now: datetime) -> RosterEntry:
    """Put a person on a roster; raises what `fit_name`, `fit_number`, `phone_of` and `locked_for_editing` raise, `AlreadyOnRoster` and `RosterFull`."""
    opening = locked_for_editing(viewer, opening_id)
    if RosterEntry.objects.filter(opening=opening).count() >= MOST_PEOPLE:
        raise RosterFull
    name = fit_name(person.name)
    number = fit_number(person.id_type, person.id_number, learning_day(now))
    phone = phone_of(person.phone) if person.phone else ""
    (key,) = new_keys(1)
    entry = entry_of(opening, key, Written(name, person.id_type, number, phone, person.background), now=now)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        raise AlreadyOnRoster from None
    audit.record("roster.added", by=by, at=now, about=("opening", opening.pk))
    return entry


@transaction.atomic
def remove_person(*, viewer: Viewer, opening_id: int, entry_id: int, by: Actor, now: datetime) -> None:
    """Take a person off a roster, or raise `NoSuchOpening` where nobody of it has the number."""
    opening = locked_for_editing(viewer, opening_id)
    gone, _ = RosterEntry.objects.filter(opening=opening, pk=entry_id).delete()
    if not gone:
        raise NoSuchOpening
    audit.record("roster.removed", by=by, at=now, about=("opening", opening.pk))
