"""From a person on a roster to a learner with an account, which comes into being when there is a class for them. Clauses C3, C5; decision 0036."""

from datetime import datetime

from django.db import transaction

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.admitting import WrittenDown, account_of, write_phone
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import reveal
from jiangxue.enrolment.models import Enrolment, RosterEntry
from jiangxue.enrolment.queries.roster_files import background_in
from jiangxue.enrolment.rules.background import Background


def learner_of(entry: RosterEntry, *, by: Actor, now: datetime) -> int:
    """Return the account of a person on the roster of an application, made where the number has none; see `learner_written_down` for refusals."""
    return learner_written_down(written_down(entry), institution_id=entry.opening.institution_id, by=by, now=now)


@transaction.atomic
def learner_written_down(who: WrittenDown, *, institution_id: int, by: Actor, now: datetime) -> int:
    """Return the account of a person whom an institution writes down, made where the number has none.

    Who has an account keeps it as it is. As long as nobody has claimed it, and no other institution teaches them, the mobile number that is
    written down takes the place of the one there was: it may have been mistyped. Raises what `account_of` raises.
    """
    admitted = account_of(who, by=by, now=now)
    places = Enrolment.objects.filter(learner_id=admitted.account_id)
    if who.phone and not admitted.is_new and not places.exclude(training_class__institution_id=institution_id).exists():
        write_phone(admitted.account_id, phone=who.phone, by=by, now=now)
    return admitted.account_id


def written_down(entry: RosterEntry) -> WrittenDown:
    """Return whom an entry of a roster names, in full; the caller shows nothing of it."""
    phone = reveal(entry, "phone") if entry.phone else ""
    return WrittenDown(entry.name, IdType(entry.id_type), reveal(entry, "id_number"), phone)


def background_of(entry: RosterEntry) -> Background:
    """Return what a roster tells of a person beside who they are, as `enrol` takes it."""
    return background_in(entry)
