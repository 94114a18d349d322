"""Locks on things that have no row."""

from django.db import connection


def lock_until_commit(key: bytes) -> None:
    """Wait for the lock that the first 8 bytes of `key` name, and hold it until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(key[:8], "big", signed=True)])


def share_until_commit(key: bytes) -> None:
    """Wait for whoever holds the lock alone, and share it with others until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [int.from_bytes(key[:8], "big", signed=True)])
