"""What people are asked to agree to, each purpose by itself and by a text with a version. Clause M2; PIPL Articles 13 to 17.

A new purpose is one entry here and one text in `accounts/texts`; a text that says something else is a new version, which asks again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a consent (单独同意) is for."""

    PROCESSING = "processing"
    PHONE = "phone"
    COMMENTS = "comments"
    FACE = "face"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a purpose is asked for: by which version of its text, whether nobody learns without it, and whether it is asked on a page of its own."""

    version: int
    is_required: bool = False
    is_apart: bool = False


PURPOSES: Mapping[Purpose, Asked] = {
    Purpose.PROCESSING: Asked(version=2, is_required=True),
    Purpose.PHONE: Asked(version=1),
    Purpose.COMMENTS: Asked(version=1),
    Purpose.FACE: Asked(version=2, is_apart=True),
}


@dataclass(frozen=True, slots=True)
class Said:
    """The last that somebody said to a purpose."""

    purpose: Purpose
    version: int
    is_given: bool
    at: datetime

    @property
    def is_outdated(self) -> bool:
        """Say whether it was said to an older text than the one asked for now."""
        return self.version != PURPOSES[self.purpose].version

    @property
    def is_in_force(self) -> bool:
        """Say whether it is an agreement to the text asked for now."""
        return self.is_given and not self.is_outdated


@dataclass(frozen=True, slots=True)
class KeptConsent:
    """What is kept of a consent that was given or withdrawn, and stands in the archives of who said so."""

    account_id: int
    purpose: Purpose
    version: int
    text_sha256: str
    is_given: bool
