"""What a proof of hours (学时证明) says, and what its code is. Clauses T1.3, C5; docs/rules/hours-proofs.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jiangxue.archive.rules.freezes import KeptOut
from jiangxue.courseware.rules.content import HOUR_PARTS
from jiangxue.kernel.canonical import Value
from jiangxue.policies.rules.time_policy import HOUR_UNIT_MS

MODES = ("online", "live", "practice")
_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


class ProofState(StrEnum):
    """Whether hours are settled, or stand as they are so far."""

    SETTLED = "settled"
    PROVISIONAL = "provisional"


class Standing(StrEnum):
    """What a proof is worth today."""

    VALID = "valid"
    REDUCED = "reduced"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class ModeHours:
    """Hours of one mode, in hundredths of a 学时, what the course declares of it, and the minutes that the hours stand for (ms)."""

    hours: int
    declared: int
    ms: int


@dataclass(frozen=True, slots=True)
class ProvedHours:
    """What a place comes to, by mode; ms. `confirmed_ms` is measured time, `ms` of a mode what is recognised of it, `frozen_ms` what would count but for an open case."""

    state: ProofState
    modes: Mapping[str, ModeHours]
    confirmed_ms: int
    corrected_ms: int
    frozen_ms: int = 0

    @property
    def hours(self) -> int:
        """Return all hours together, in hundredths."""
        return sum(mode.hours for mode in self.modes.values())

    @property
    def ms(self) -> int:
        """Return the time that all hours stand for."""
        return sum(mode.ms for mode in self.modes.values())

    def hours_of(self, mode: str) -> int:
        """Return the hours of one mode, in hundredths."""
        return self.modes[mode].hours if mode in self.modes else 0

    @property
    def is_nothing(self) -> bool:
        """Say whether nothing counts yet."""
        return not (self.hours or self.confirmed_ms or self.corrected_ms)

    def to_values(self) -> dict[str, Value]:
        """Return it as a JSON object, which is what is kept."""
        return {
            "state": self.state.value,
            "modes": {
                name: {"hours": mode.hours, "declared": mode.declared, "ms": mode.ms}
                for name, mode in self.modes.items()
            },
            "confirmed_ms": self.confirmed_ms,
            "corrected_ms": self.corrected_ms,
            **({"frozen_ms": self.frozen_ms} if self.frozen_ms else {}),
        }


def falls_short(counted: ProvedHours, said: ProvedHours) -> bool:
    """Say whether less counts now than was proved, of a mode or of measured time; more is no reason to doubt a paper."""
    return (
        counted.confirmed_ms < said.confirmed_ms
        or counted.corrected_ms < said.corrected_ms
        or any(counted.hours_of(name) < mode.hours for name, mode in said.modes.items())
    )


def proved_hours(figures: Mapping[str, Any], *, is_settled: bool) -> ProvedHours:
    """Return what settled figures (`PlaceHours.to_values`) prove; a mode without hours, done or declared, is left out.

    Of what is learned online the minutes are those of recognised lessons; of the other modes those that the hours stand for.
    """
    hours, declared = figures["hours"], figures["declared"]
    return ProvedHours(
        ProofState.SETTLED if is_settled else ProofState.PROVISIONAL,
        {
            mode: ModeHours(
                hours[mode],
                declared[mode],
                figures["recognised_ms"] if mode == "online" else hours[mode] * HOUR_UNIT_MS // HOUR_PARTS,
            )
            for mode in MODES
            if hours[mode] or declared[mode]
        },
        figures["time"]["confirmed_ms"],
        figures["time"]["corrected_ms"],
        _frozen_ms(figures),
    )


def _frozen_ms(figures: Mapping[str, Any]) -> int:
    """Return the time of all modes on days of which a case is open."""
    parts = [figures["time"], *figures.get("attendance", ())]
    return sum(int(part["refused_ms"].get(KeptOut.FROZEN.value, 0)) for part in parts)


def kept_hours(values: Mapping[str, Any]) -> ProvedHours:
    """Return what was kept by `ProvedHours.to_values`."""
    return ProvedHours(
        ProofState(values["state"]),
        {name: ModeHours(**mode) for name, mode in values["modes"].items()},
        values["confirmed_ms"],
        values["corrected_ms"],
        values.get("frozen_ms", 0),
    )


def code_of(said: str) -> str:
    """Return a code as it is kept: blanks and hyphens left out, capitals, O read as 0, I and L as 1; empty where it is none."""
    plain = re.sub(r"[\s-]", "", said[:60]).upper().translate(_MISREAD)
    return plain if _CODE.fullmatch(plain) else ""


def shown_code(code: str) -> str:
    """Write a code in groups of four (7K3M-…)."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
