"""Removing the attendance of a place whose archive has been erased. Clause M2."""

from django.db import connection


def erase_attendance(enrolment_id: int) -> int:
    """Remove what there is of the attendance of a place, and return how many rows that were; the database refuses it for any other place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT attendance_erase(%s)", [enrolment_id])
        (gone,) = cursor.fetchone() or (0,)
    return int(gone)
