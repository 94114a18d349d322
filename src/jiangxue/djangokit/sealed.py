"""Model fields whose contents are encrypted for their row: the database, its dumps and its backups never hold them readable. Clause M2."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from jiangxue.kernel import crypto


def key_ring() -> crypto.KeyRing:
    """Return the ring of sealing keys from the settings."""
    return crypto.KeyRing(settings.SEAL_KEYS, settings.SEAL_KEY_CURRENT)


def blind_index(purpose: str, value: str) -> bytes:
    """Return the keyed index of a normalised value, for searching and for uniqueness."""
    return crypto.blind_index(settings.INDEX_KEY, purpose, value)


if TYPE_CHECKING:
    _Text = models.BinaryField[bytes | None, bytes | None]
    _Bytes = models.BinaryField[bytes, bytes]
else:
    _Text = _Bytes = models.BinaryField


class _Sealed:
    """What all sealed fields have in common: each value is sealed for its place, and `resealing` finds it there.

    `place_name` is for seals that are opened without Django; the others are bound to table and column.
    """

    place_name = ""

    if TYPE_CHECKING:
        model: type[models.Model]
        column: str | None

    @property
    def title(self) -> str:
        """Return table and column."""
        return f"{self.model._meta.db_table}.{self.column}"

    def place(self, pk: object) -> str:
        """Return the place that the seal is bound to: table, column and row, unless the field names the first two otherwise."""
        if pk is None:
            raise ImproperlyConfigured("a sealed value needs a row with a primary key")
        return f"{self.place_name or self.title}:{pk}"


class SealedTextField(_Sealed, _Text):
    """Holds a sealed text; use `seal_for` to write and `reveal` to read, so that no list decrypts by accident.

    The row's primary key is part of the seal and must therefore be known before the value is set.
    """


class SealedBytesField(_Sealed, _Bytes):
    """Holds sealed bytes; use `seal_bytes_for` and `reveal_bytes`.

    To migrations it is plain bytes: what seals them is nothing that the database knows.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """Describe the column as it was before its field had a class of its own."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.BinaryField", args, options


type SealedField = SealedTextField | SealedBytesField


def seal_for(row: models.Model, field_name: str, text: str) -> None:
    """Set a sealed field of `row`; the caller saves the row."""
    seal_bytes_for(row, field_name, text.encode())


def reveal(row: models.Model, field_name: str) -> str:
    """Return the text of a sealed field; raises `crypto.NotGenuine` when it was altered or moved."""
    return reveal_bytes(row, field_name).decode()


def seal_bytes_for(row: models.Model, field_name: str, content: bytes) -> None:
    """Set a sealed field of `row` that holds bytes; the caller saves the row."""
    setattr(row, field_name, key_ring().seal(content, _field(row, field_name).place(row.pk)))


def reveal_bytes(row: models.Model, field_name: str) -> bytes:
    """Return the bytes of a sealed field; raises `crypto.NotGenuine` when they were altered or moved."""
    blob = bytes(getattr(row, field_name))
    return key_ring().open(blob, _field(row, field_name).place(row.pk))


def _field(row: models.Model, field_name: str) -> SealedField:
    field = row._meta.get_field(field_name)
    if not isinstance(field, SealedTextField | SealedBytesField):
        raise ImproperlyConfigured(f"{field_name} is not a sealed field")
    return field
