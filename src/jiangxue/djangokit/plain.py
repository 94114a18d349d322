"""A connection to Django's database without Django, for what streams or works by its own isolation."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg.rows import TupleRow


@contextmanager
def plain_connection(name: str) -> Iterator["psycopg.Connection[TupleRow]"]:
    """Connect as the application, under a name by which the connection is known in the server; what is not committed is undone."""
    settings = connections["default"].settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        application_name=name,
    ) as connection:
        yield connection
