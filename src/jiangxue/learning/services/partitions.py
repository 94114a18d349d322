"""Parts of the table of beats, one for each learning day, made before the day begins."""

from datetime import date

from django.db import connection

DAYS_AHEAD = 8
"""A worker that stands still for a week does no harm; beats of a day without a part go to the default one."""


def add_partitions(today: date) -> int:
    """Make the parts of today and the days after it that are not there yet, and return how many were made.

    The database does it with its owner's rights (`learning_add_beat_partitions`); the application may make no tables.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT learning_add_beat_partitions(%s, %s)", [today, DAYS_AHEAD])
        (added,) = cursor.fetchone()
    assert isinstance(added, int)
    return added
