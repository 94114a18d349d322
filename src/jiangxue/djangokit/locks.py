"""Locks on things that have no row."""

from collections.abc import Iterable

from django.db import connection


def lock_until_commit(key: bytes) -> None:
    """Wait for the lock that the first 8 bytes of `key` name, and hold it until the caller's transaction ends."""
    lock_each_until_commit([key])


def lock_each_until_commit(keys: Iterable[bytes]) -> None:
    """Wait for several such locks, in one order for everybody, so that two who want the same never wait for each other crosswise."""
    numbers = sorted({int.from_bytes(key[:8], "big", signed=True) for key in keys})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) AS number", [numbers])


def share_until_commit(key: bytes) -> None:
    """Wait for whoever holds the lock alone, and share it with others until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [int.from_bytes(key[:8], "big", signed=True)])
