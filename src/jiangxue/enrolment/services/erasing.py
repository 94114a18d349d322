"""Forgetting what was told of a learner for a class whose archive has been erased. Clauses T8.1, M2."""

from django.db import connection

from jiangxue.accounts.queries.holders import index_of
from jiangxue.enrolment.models import Enrolment, RosterEntry


def erase_told(enrolment_id: int) -> None:
    """Remove the promise of a place, what was told of its learner, and the line of the roster from which it came.

    The database refuses the first unless the log holds, signed, that the place's archive was erased.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT enrolment_erase(%s)", [enrolment_id])
    place = Enrolment.objects.get(pk=enrolment_id)
    index = index_of(place.learner_id)
    if index is not None:
        RosterEntry.objects.filter(opening__training_class=place.training_class_id, id_number_index=index).delete()
    Enrolment.objects.filter(pk=enrolment_id).update(group="", education="", domicile="", employer="", employer_uscc="")
