"""Forgetting what was told of a learner for a class whose archive has been erased. Clauses T8.1, M2."""

from django.db import connection
from django.db.models import QuerySet

from jiangxue.accounts.queries.holders import index_of
from jiangxue.enrolment.models import Enrolment, RosterEntry


def erase_told(enrolment_id: int) -> None:
    """Remove the promise of a place, what was told of its learner, and the line of the roster from which it came.

    The database refuses the first unless the log holds, signed, that the place's archive was erased.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT enrolment_erase(%s)", [enrolment_id])
    place = Enrolment.objects.get(pk=enrolment_id)
    roster = RosterEntry.objects.filter(opening__training_class=place.training_class_id)
    if not Enrolment.objects.filter(training_class=place.training_class_id, erased_at=None).exists():
        roster.delete()  # also who was written down under a number that was corrected since
    else:
        _forget_lines(roster, place.learner_id)
    Enrolment.objects.filter(pk=enrolment_id).update(group="", education="", domicile="", employer="", employer_uscc="")


def erase_roster_lines(account_id: int) -> None:
    """Take somebody whose account is erased off the rosters of all applications; one that is under way has to be handed in anew without them."""
    _forget_lines(RosterEntry.objects.all(), account_id)


def _forget_lines(roster: QuerySet[RosterEntry], account_id: int) -> None:
    index = index_of(account_id)
    if index is not None:
        roster.filter(id_number_index=index).delete()
