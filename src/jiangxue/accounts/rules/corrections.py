"""What of a registration somebody may ask to have corrected, and what fits. Clause M2; PIPL Article 46."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangxue.accounts.errors import NameUnfit
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.number_flaws import fit_number

LONGEST_NAME = 60


class CorrectedField(StrEnum):
    """What somebody asks to have corrected."""

    NAME = "name"
    ID_NUMBER = "id_number"


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """What is to be corrected, what is right, and why."""

    field: CorrectedField
    wanted: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a correction is granted, and why."""

    is_granted: bool
    reason: str


def fit_wanted(field: CorrectedField, text: str, today: date, id_type: IdType = IdType.RESIDENT) -> str:
    """Return what is to be registered as it is kept, or raise `NameUnfit` or `NumberUnfit` with the flaw; the kind of document stays."""
    return fit_name(text) if field is CorrectedField.NAME else fit_number(id_type, text, today)


def fit_name(text: str) -> str:
    """Return a name as it is kept, or raise `NameUnfit`: at least one letter, at most 60 characters, no digits."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    fits = 1 <= len(name) <= LONGEST_NAME and any(each.isalpha() for each in name)
    if not fits or any(unicodedata.category(each).startswith("C") or each.isdigit() for each in name):
        raise NameUnfit
    return name
