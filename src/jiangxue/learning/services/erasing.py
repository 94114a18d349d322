"""Removing what was learned at a place whose archive has been erased. Clauses T8.1, M2."""

from django.db import connection


def erase_place(enrolment_id: int) -> int:
    """Remove sessions, beats, segments, verdicts, checks, appeals, pictures and totals of a place, and return how many sessions it had.

    The database refuses it unless the log holds, signed, that the place's archive was erased.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT learning_erase(%s)", [enrolment_id])
        (sessions,) = cursor.fetchone() or (0,)
    return int(sessions)
