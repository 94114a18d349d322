"""How a model says which of its fields hold personal data, what for, how long and how protected. Clause M2.

A model has `personal_data`, a mapping from a field to its declaration, `WHOLE_ROW` standing for every field that is not named, and
`impersonal`, the fields that could hold personal data by their kind and do not. Who a row is linked to needs no declaration: a key to an account says it.
`python -m scripts.personal_data` writes all of it into docs/personal-data.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

WHOLE_ROW = "*"
"""Stands for all fields of a row that are not declared by name."""


class Category(StrEnum):
    """What kind of personal data a field holds."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ACTIVITY = "activity"
    OPINION = "opinion"
    DEVICE = "device"
    WORK = "work"
    KEY = "key"


class Kept(StrEnum):
    """How long a field is kept."""

    ACCOUNT = "account"
    TERM = "term"
    SUBJECT = "subject"
    HALF_YEAR = "half_year"
    SETTLED = "settled"


class Protection(StrEnum):
    """How a field is protected beyond the rights of the database."""

    PLAIN = "plain"
    SEALED = "sealed"
    KEYED_INDEX = "keyed_index"
    ARCHIVE_KEY = "archive_key"
    HASHED = "hashed"


@dataclass(frozen=True, slots=True)
class Personal:
    """The declaration of one field: what it is, what for, how long, how protected, and whether the law calls it sensitive."""

    category: Category
    purpose: str
    kept: Kept
    protection: Protection = Protection.PLAIN
    is_sensitive: bool = False


type PersonalData = Mapping[str, Personal]
"""The declarations of a model, by field."""
