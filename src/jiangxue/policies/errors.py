"""What setting rules is refused for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What is wrong with a value."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    NOT_HERE = "not_here"
    OUT_OF_RANGE = "out_of_range"
    LOOSER = "looser"
    CONTRADICTS = "contradicts"
    NO_LOCK_HERE = "no_lock_here"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that cannot be set: the parameter, why, the value that bounds it, and the other parameter it contradicts."""

    name: str
    what: What
    bound: int | None = None
    other: str = ""


class PolicyRefusal(Exception):
    """Base of all refusals about rules."""


class NotTheirsToSet(PolicyRefusal):
    """The viewer's role sets no rules there."""


class UnfitRules(PolicyRefusal):
    """The values cannot be set as they are; `faults` says which and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.name}: {fault.what}" for fault in faults))
        self.faults = tuple(faults)


class BeginsInThePast(PolicyRefusal):
    """A version cannot begin before it is made: time already judged stays as it was judged."""


class MomentIsTaken(PolicyRefusal):
    """Another version of the same scope begins at the same moment."""


class WithoutReason(PolicyRefusal):
    """Whoever sets rules says why."""
