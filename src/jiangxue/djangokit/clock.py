"""The clock of the database server: one clock for all processes."""

from datetime import datetime

from django.db import connection


class DatabaseClock:
    """Asks the database what time it is, also in the middle of a transaction (clock_timestamp, not now; decision 0005)."""

    def now(self) -> datetime:
        """Return the database's present as an aware datetime."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (at,) = cursor.fetchone()
        assert isinstance(at, datetime)
        return at
