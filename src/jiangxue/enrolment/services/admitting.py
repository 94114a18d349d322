"""From people on a roster to learners with accounts, which come into being when there is a class for them. Clauses C3, C5; decision 0036."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.admitting import Admitted, Outcome, WrittenDown, admit, write_phones
from jiangxue.audit.services import Actor
from jiangxue.djangokit.row_security import as_program
from jiangxue.djangokit.sealed import reveal
from jiangxue.enrolment.models import Enrolment, RosterEntry


@as_program()  # another institution's learner keeps the number that they have
@transaction.atomic
def learners_written_down(
    people: Sequence[WrittenDown], *, institution_id: int, by: Actor, now: datetime
) -> list[Outcome]:
    """Return the accounts of people whom an institution writes down, in their order, made where a number has none, or why there is none: see `admit`.

    Who has an account keeps it as it is. As long as nobody has claimed it, and no other institution teaches them, the mobile number that is
    written down takes the place of the one there was: it may have been mistyped.
    """
    outcomes = admit(people, by=by, now=now)
    phones = {
        come.account_id: who.phone
        for who, come in zip(people, outcomes, strict=True)
        if isinstance(come, Admitted) and not come.is_new and who.phone
    }
    elsewhere = Enrolment.objects.filter(learner_id__in=phones).exclude(training_class__institution_id=institution_id)
    for learner_id in elsewhere.values_list("learner_id", flat=True):
        phones.pop(learner_id, None)
    if phones:
        write_phones(phones, by=by, now=now)
    return outcomes


def written_down(entry: RosterEntry) -> WrittenDown:
    """Return whom an entry of a roster names, in full; the caller shows nothing of it."""
    phone = reveal(entry, "phone") if entry.phone else ""
    return WrittenDown(entry.name, IdType(entry.id_type), reveal(entry, "id_number"), phone)
