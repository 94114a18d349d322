"""Real-name verification (实名认证): what an outside source of identities is asked, and what it answers. Clause M1; decision 0028."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from jiangxue.accounts.rules.id_types import IdType

AGAIN_AFTER = timedelta(minutes=30)
"""How long a source that could not answer is left alone."""


class Outcome(StrEnum):
    """What a source says of a name and a number."""

    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered, and under which reference, of at most 100 characters and never empty with an answer, it keeps that."""

    outcome: Outcome
    reference: str = ""


class IdentitySource(Protocol):
    """Somebody outside who knows identities (身份核验源); an installation names its own class in JIANGXUE_IDENTITY_SOURCE.

    `name`, of at most 60 characters, stands in records and on pages; a source of a demonstration says there that it is one. What goes wrong on the way to the
    source is the class's to catch: its answer then is `UNAVAILABLE`.
    """

    name: str
    is_demonstration: bool

    def verify(self, name: str, id_type: IdType, number: str) -> Answer:
        """Say whether name and number are those of one person."""

    def portrait(self, reference: str) -> bytes | None:
        """Return the picture that the source keeps of who was matched under a reference, None where it gives none."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What is kept of an answer, and stands in the archives of the person unless it said nothing."""

    account_id: int
    source: str
    outcome: Outcome
    reference: str
    at: datetime
