"""Sealing anew, under the current key, what other keys seal: every sealed field of every model, some rows in each transaction.

Nothing is remembered between two transactions, so it may be killed at any moment and begun again; and each row is locked while it is
sealed anew, so that what others write meanwhile is neither lost nor set back. Decision 0023.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.functions import Substr

from jiangxue.djangokit.sealed import SealedBytesField, SealedField, SealedTextField
from jiangxue.kernel import crypto

SOME = 200
"""Values that are sealed anew in one transaction: few enough that nobody who wants one of their rows waits."""
_TRIED = 10
"""So many values of each field are opened to see whether a key is the right one; one that opens is enough."""

type At = Callable[[str], None]
"""Told of each point at which a crash must do no harm; tests kill the process there."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction did to a field: how many values were sealed anew, the rows whose value did not open, and the last row."""

    title: str
    resealed: int
    unopened: tuple[object, ...]
    last: object


def sealed_fields(models_of: Iterable[type[models.Model]] | None = None) -> list[SealedField]:
    """Return every sealed field of every table, whoever made it."""
    return [
        field
        for model in (apps.get_models() if models_of is None else models_of)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, SealedTextField | SealedBytesField)
    ]


def values_by_key() -> dict[str, Counter[int | None]]:
    """Return how many values each key seals, by table and column; None counts what is no sealed value at all.

    Columns that do not exist yet are left out: it is asked before migrations run, too.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text || '.' || attname FROM pg_attribute"
            " WHERE attrelid = ANY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name) AND NOT attisdropped",
            [[connection.ops.quote_name(field.model._meta.db_table) for field in sealed_fields()]],
        )
        there = {column for (column,) in cursor.fetchall()}
    return {field.title: _count(field) for field in sealed_fields() if field.title in there}


def opens_what_it_sealed(ring: crypto.KeyRing, number: int) -> bool | None:
    """Say whether the key of this number opens anything that a key of this number sealed; None if there is nothing."""
    tried = False
    for field in sealed_fields():
        rows = _rows(field).filter(beginning=crypto.beginning_under(number))
        for pk, blob in rows.values_list("pk", field.attname)[:_TRIED]:
            tried = True
            if _opened(ring, field, pk, bytes(blob)) is not None:
                return True
    return False if tried else None


def not_changeable() -> list[str]:
    """Return the sealed columns that the role of this connection may not change."""
    return [field.title for field in sealed_fields() if not _may_change(field)]


def reseal(ring: crypto.KeyRing, *, at: At = lambda _: None, some: int = SOME) -> Iterator[Step]:
    """Seal everything anew that another key than the current one seals; yields after each commit.

    A value that does not open stays as it is. With `some` above 1 rows that others hold are left out, so that nothing is waited for
    while rows are held, and nobody comes into a deadlock by it; with `some` 1 they are waited for. What others seal meanwhile
    under another key may be missed: count afterwards.
    """
    for field in sealed_fields():
        after: object = None
        while (step := _reseal_some(field, ring, after, at, some)) is not None:
            at("committed")
            yield step
            after = step.last


def _reseal_some(field: SealedField, ring: crypto.KeyRing, after: object, at: At, some: int) -> Step | None:
    unopened = []
    with transaction.atomic():
        # NO KEY: rows that point here can be added meanwhile.
        rows = _rows(field).select_for_update(no_key=True, skip_locked=some > 1)
        later = rows if after is None else rows.filter(pk__gt=after)
        older = later.exclude(beginning=crypto.beginning_under(ring.current))
        found = list(older.values_list("pk", field.attname)[:some])
        at("locked")
        for pk, blob in found:
            plain = _opened(ring, field, pk, bytes(blob))
            if plain is None:
                unopened.append(pk)
            else:
                fresh = {field.attname: ring.seal(plain, field.place(pk))}
                field.model._base_manager.filter(pk=pk).update(**fresh)
        at("written")
    return Step(field.title, len(found) - len(unopened), tuple(unopened), found[-1][0]) if found else None


def _may_change(field: SealedField) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege(%s, %s, 'UPDATE')",
            [connection.ops.quote_name(field.model._meta.db_table), field.column],
        )
        (may,) = cursor.fetchone()
    return bool(may)


def _opened(ring: crypto.KeyRing, field: SealedField, pk: object, blob: bytes) -> bytes | None:
    try:
        return ring.open(blob, field.place(pk))
    except crypto.NotGenuine:
        return None


def _rows(field: SealedField) -> "models.QuerySet[models.Model]":
    """Return the rows that hold a value, in order, with how it begins."""
    beginning = Substr(field.attname, 1, crypto.BEGINNING_BYTES, output_field=models.BinaryField())
    rows: models.QuerySet[models.Model] = field.model._base_manager.annotate(beginning=beginning)
    return rows.filter(**{f"{field.attname}__isnull": False}).order_by("pk")


def _count(field: SealedField) -> Counter[int | None]:
    counted: Counter[int | None] = Counter()
    rows = _rows(field).order_by().values("beginning").annotate(number=models.Count("pk"))
    for beginning, number in rows.values_list("beginning", "number"):
        counted[crypto.key_number(bytes(beginning))] += number
    return counted
