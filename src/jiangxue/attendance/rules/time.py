"""What attending live and practice lessons comes to: no minute twice, none beyond the plan, none beyond the caps of the day. Clauses T1.3, T2.5, C3; docs/rules/attendance.md.

Times are milliseconds since 1970 on the server's clock, lengths milliseconds. What is learned online is judged and sealed on its own and never
asks what was attended: where both speak of the same minutes, or fill the same day, attendance yields.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from jiangxue.attendance.rules.presence import Presence, Span, Standing
from jiangxue.learning.rules.days import cut_at_midnight
from jiangxue.learning.rules.verdicts import length_ms, without


class Reason(StrEnum):
    """Why time of an item does not count."""

    NOT_PRESENT = "not_present"
    NO_SIGN_IN = "no_sign_in"
    NO_SIGN_OUT = "no_sign_out"
    OVERLAP = "overlap"
    HOURS_FULL = "hours_full"
    OVER_CAP = "over_cap"


_WHY = {Standing.NO_SIGN_IN: Reason.NO_SIGN_IN, Standing.NO_SIGN_OUT: Reason.NO_SIGN_OUT}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person at one item: when it was planned, how much of it may count at most, what is known, and the two caps of a day that hold in its class."""

    item_id: int
    class_id: int
    planned: Span
    most_ms: int
    presence: Presence
    person_cap_ms: int
    class_cap_ms: int


@dataclass(frozen=True, slots=True)
class Online:
    """A stretch that the same person learned online and that counts, in whatever class."""

    class_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Counted:
    """What one person's attendance of an item comes to: counted and refused together are its planned time."""

    spans: tuple[Span, ...] = ()
    refused_ms: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def ms(self) -> int:
        """Return what counts."""
        return length_ms(self.spans)


class _Days:
    """What the days of one person hold so far, by day and by day and class."""

    def __init__(self, online: Iterable[Online]) -> None:
        self.taken: list[Span] = []
        self._person: dict[int, int] = {}
        self._class: dict[tuple[int, int], int] = {}
        for each in sorted(online, key=lambda one: (one.span, one.class_id)):
            for span in without([each.span], self.taken):
                self.take(each.class_id, span)

    def take(self, class_id: int, span: Span) -> None:
        self.taken.append(span)
        for day, start_ms, end_ms in cut_at_midnight(*span):
            self._person[day] = self._person.get(day, 0) + end_ms - start_ms
            self._class[day, class_id] = self._class.get((day, class_id), 0) + end_ms - start_ms

    def room_ms(self, sitting: Sitting, day: int) -> int:
        """Return what both caps leave of a day."""
        person_ms = sitting.person_cap_ms - self._person.get(day, 0)
        class_ms = sitting.class_cap_ms - self._class.get((day, sitting.class_id), 0)
        return max(0, min(person_ms, class_ms))


def counted(sittings: Iterable[Sitting], online: Iterable[Online]) -> dict[int, Counted]:
    """Return what each item comes to for one person, by item: all their items of some days, and all that counts of what they learned online on these.

    0 <= counted <= planned and <= `most_ms`; what counts lies in the planned time, overlaps with nothing else that counts, and leaves no day
    beyond its caps, unless what was learned online alone does. The earliest item comes first, and of each its earliest minutes: in which
    order anything became known makes no difference.
    """
    days = _Days(online)
    ordered = sorted(sittings, key=lambda sitting: (sitting.planned, sitting.item_id))
    return {sitting.item_id: _counted(sitting, days) for sitting in ordered}


def _counted(sitting: Sitting, days: _Days) -> Counted:
    here = _within(sitting.presence.span, sitting.planned)
    free = without(here, days.taken)
    why = _WHY.get(sitting.presence.standing, Reason.NOT_PRESENT)
    refused = {
        why: length_ms([sitting.planned]) - length_ms(here),
        Reason.OVERLAP: length_ms(here) - length_ms(free),
        Reason.HOURS_FULL: 0,
        Reason.OVER_CAP: 0,
    }
    spans: list[Span] = []
    for piece in free:
        for day, start_ms, end_ms in cut_at_midnight(*piece):
            left_ms, room_ms = sitting.most_ms - length_ms(spans), days.room_ms(sitting, day)
            taken_ms = min(end_ms - start_ms, left_ms, room_ms)
            refused[Reason.HOURS_FULL if left_ms <= room_ms else Reason.OVER_CAP] += end_ms - start_ms - taken_ms
            if taken_ms > 0:
                spans.append((start_ms, start_ms + taken_ms))
                days.take(sitting.class_id, spans[-1])
    return Counted(tuple(spans), {reason: ms for reason, ms in refused.items() if ms})


def _within(span: Span | None, planned: Span) -> Sequence[Span]:
    if span is None:
        return []
    start_ms, end_ms = max(span[0], planned[0]), min(span[1], planned[1])
    return [(start_ms, end_ms)] if start_ms < end_ms else []
