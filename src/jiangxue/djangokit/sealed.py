"""A model field whose text is encrypted for its row: the database, its dumps and its backups never hold it readable. Clause M2."""

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
    _Binary = models.BinaryField[bytes | None, bytes | None]
else:
    _Binary = models.BinaryField


class SealedTextField(_Binary):
    """Holds a sealed blob; use `seal_for` to write and `reveal` to read, so that no list decrypts by accident.

    The row's primary key is part of the seal and must therefore be known before the value is set.
    """

    def place(self, row: models.Model) -> str:
        """Return the place that the seal is bound to: table, column and row."""
        if row.pk is None:
            raise ImproperlyConfigured("a sealed value needs a row with a primary key")
        return f"{self.model._meta.db_table}.{self.column}:{row.pk}"


def seal_for(row: models.Model, field_name: str, text: str) -> None:
    """Set a sealed field of `row`; the caller saves the row."""
    setattr(row, field_name, key_ring().seal(text.encode(), _field(row, field_name).place(row)))


def reveal(row: models.Model, field_name: str) -> str:
    """Return the text of a sealed field; raises `crypto.NotGenuine` when it was altered or moved."""
    blob = bytes(getattr(row, field_name))
    return key_ring().open(blob, _field(row, field_name).place(row)).decode()


def _field(row: models.Model, field_name: str) -> SealedTextField:
    field = row._meta.get_field(field_name)
    if not isinstance(field, SealedTextField):
        raise ImproperlyConfigured(f"{field_name} is not a sealed field")
    return field
