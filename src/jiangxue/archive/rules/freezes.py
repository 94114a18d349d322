"""Which days of a place are not recognised, for a while or for good (暂缓认定、不予认定). Clauses M6, C5; docs/rules/cases.md.

Time itself is never touched: what was credited and confirmed stays so, and is only kept out of what is recognised.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangxue.learning.rules.days import cut_at_midnight

type Span = tuple[int, int]
"""From which instant until which, ms since 1970."""


class KeptOut(StrEnum):
    """Why a day is not recognised; stands among the reasons of time that is not counted."""

    FROZEN = "frozen"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of learning days, both ends included; without ends all days of the place, also those to come."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A freeze of some days and what became of it: `withheld` is None until two persons have decided, `decided` counts decisions in their order."""

    days: Days
    is_lapsed: bool = False
    withheld: frozenset[date] | None = None
    decided: int = 0


def kept_out(rulings: Sequence[Ruling], day: date) -> KeptOut | None:
    """Say why a day is not recognised, None if it is.

    A freeze that is neither decided nor lapsed keeps its days out. Of several decisions about one day the last one holds, so that a
    later one can also give back. What is decided nowhere is recognised.
    """
    if any(each.withheld is None and not each.is_lapsed and day in each.days for each in rulings):
        return KeptOut.FROZEN
    about = [each for each in rulings if each.withheld is not None and day in each.days]
    if not about:
        return None
    last = max(about, key=lambda each: each.decided)
    assert last.withheld is not None
    return KeptOut.WITHHELD if day in last.withheld else None


def time_kept_out(rulings: Sequence[Ruling], spans: Iterable[Span]) -> dict[str, int]:
    """Return how much of some stretches lies on days that are not recognised, by reason (ms): midnight of Asia/Shanghai cuts them."""
    found: Counter[str] = Counter()
    for span in spans:
        for day, start_ms, end_ms in cut_at_midnight(*span):
            why = kept_out(rulings, date.fromordinal(day))
            if why is not None:
                found[why.value] += end_ms - start_ms
    return dict(sorted(found.items()))


def all_kept_out(rulings: Sequence[Ruling], days: Iterable[date]) -> dict[date, KeptOut]:
    """Return those of some days that are not recognised, and why."""
    found = {day: kept_out(rulings, day) for day in days}
    return {day: why for day, why in found.items() if why is not None}


def lie_within(taken: Collection[date], days: Days) -> bool:
    """Say whether a decision takes only days that were frozen."""
    return all(day in days for day in taken)
