"""Forgetting an archive for good: its contents are removed and its key is replaced. Clauses T8.1, M2; docs/formats/archive.md.

What proves it stays: every leaf, with its commitment, which says nothing without the salt; and the entry that the contents were erased,
readable under a key that never opened anything else.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jiangxue.djangokit.sealed import reveal_bytes, seal_bytes_for
from jiangxue.kernel import crypto
from jiangxue.kernel.canonical import Value
from jiangxue.ledger.errors import NoSuchArchive, NotErasedYet
from jiangxue.ledger.models import Entry, Payload, SubjectKey
from jiangxue.ledger.rules.erasure import ERASED, IN_LEAF
from jiangxue.ledger.services.appending import append

_TAKEN_AS_ERASED = """
CREATE OR REPLACE FUNCTION ledger_erased(archive uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$ SELECT archive = ANY (ARRAY[{}]::uuid[]) $$;
"""


def announce_erasure(aid: UUID, facts: Mapping[str, Value], *, at: datetime) -> UUID:
    """Append that the contents of an archive are erased, as its last record; they are still there until `forget`."""
    return append(aid, ERASED, facts, at=at)


def is_erasable(aid: UUID) -> bool:
    """Say whether the log holds, sealed and signed, that an archive is erased."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_erased(%s)", [aid])
        (answer,) = cursor.fetchone() or (False,)
    return bool(answer)


def is_term_over(aid: UUID) -> bool:
    """Say whether five years have passed since the last record of an archive, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_term_is_over(%s)", [aid])
        (answer,) = cursor.fetchone() or (False,)
    return bool(answer)


def goes_on(aid: UUID) -> bool:
    """Say whether another record came after the one that an archive is erased; not while any waits to be sealed."""
    last = Entry.objects.filter(aid=aid).order_by("-sequence").first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT events FROM ledger_waiting(%s)", [aid])
        (waiting,) = cursor.fetchone() or (0,)
    return not waiting and last is not None and IN_LEAF not in last.leaf


def has_contents(aid: UUID) -> bool:
    """Say whether any content of an archive is kept."""
    return Payload.objects.filter(aid=aid).exists()


@transaction.atomic
def forget(aid: UUID) -> int:
    """Destroy the key and the contents of an archive and return how many contents there were.

    Raises `NoSuchArchive`, or `NotErasedYet` while the log does not hold, signed, that it is erased. The database refuses it by itself
    before five years have passed since the record before that.
    """
    row = SubjectKey.objects.filter(aid=aid).first()
    if row is None:
        raise NoSuchArchive(str(aid))
    last = Entry.objects.filter(aid=aid).order_by("-sequence").first()
    if last is None or not is_erasable(aid):
        raise NotErasedYet(str(aid))
    kept = Payload.objects.get(eid=last.eid)
    place = f"payload:{last.eid}"
    plain = crypto.KeyRing({1: reveal_bytes(row, "sealed_key")}, 1).open(bytes(kept.ciphertext), place)
    fresh = crypto.new_key()
    seal_bytes_for(row, "sealed_key", fresh)
    content = crypto.KeyRing({1: fresh}, 1).seal(plain, place)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_forget(%s, %s, %s, %s)", [aid, row.sealed_key, last.eid, content])
        (gone,) = cursor.fetchone() or (0,)
    return int(gone)


@contextmanager
def taken_as_erased(aids: Collection[UUID]) -> Iterator[None]:
    """Let the guards of the database take these archives, and no others, as erased while a backup is brought back.

    For the owner of the tables, in one transaction: the log of an older backup does not hold yet that they were erased.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('ledger_erased(uuid)'::regprocedure)")
        (before,) = cursor.fetchone()
        cursor.execute(_TAKEN_AS_ERASED.format(", ".join(f"'{aid}'" for aid in sorted(aids)) or "NULL"))
        yield
        cursor.execute(before)


def forget_again(aid: UUID) -> int:
    """Destroy key and contents of an archive in a database that was brought back; for its owner. Returns how many contents there were."""
    row = SubjectKey.objects.get(pk=aid)
    seal_bytes_for(row, "sealed_key", crypto.new_key())
    row.save(update_fields=["sealed_key"])
    return Payload.objects.filter(aid=aid).delete()[0]
