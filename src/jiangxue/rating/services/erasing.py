"""Removing the rating of a place whose archive has been erased. Clause M2."""

from django.db import connection


def erase_rating(enrolment_id: int) -> int:
    """Remove the rating of a place with its history and what was found in its words; the database refuses it for any other place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rating_erase(%s)", [enrolment_id])
        (gone,) = cursor.fetchone() or (0,)
    return int(gone)
