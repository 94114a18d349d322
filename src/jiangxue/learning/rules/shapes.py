"""What the judge is given and what it returns: frozen, in integer milliseconds of the server's clock."""

from enum import IntFlag, StrEnum

import msgspec

from jiangxue.learning.rules.reasons import EndReason, Reason

PROVISIONAL = "provisional"
CONFIRMED = "confirmed"
CORRECTED = "corrected"


class Flag(IntFlag):
    """What the page says happened since its last beat."""

    NONE = 0
    HIDDEN = 1
    PAUSED = 2
    TOO_FAST = 4
    EVENT = 8
    LEAVE = 16
    ENDED = 32


ALL_FLAGS = Flag.HIDDEN | Flag.PAUSED | Flag.TOO_FAST | Flag.EVENT | Flag.LEAVE | Flag.ENDED


class Claim(msgspec.Struct, frozen=True):
    """One beat's content: the browser's word, which only lowers a credit."""

    claimed_position_ms: int
    claimed_idle_ms: int
    flags: Flag


class DayBalance(msgspec.Struct, frozen=True):
    """What one learning day already holds for this person: over all classes, and in this class."""

    day: int
    person_ms: int
    class_ms: int


class DayCap(msgspec.Struct, frozen=True):
    """One cap of a learning day and what counts against it: the person's over all classes, or that of one class alone."""

    cap_ms: int
    counted_ms: int
    of_class: bool = False

    @property
    def left_ms(self) -> int:
        """Return how much more it lets this person earn."""
        return max(0, self.cap_ms - self.counted_ms)


class Running(msgspec.Struct, frozen=True):
    """A session between two judgements; `balances` are the learning days (proleptic ordinals) it may still credit, oldest first.

    `carry_reason` is why the carry was not wanted so far: what it is refused for if nothing more comes. `page_ms` is what a page of a
    document counts, 0 for a film. What stands around it is the learner's, not the session's: counted time until the next check (None: none was drawn yet), credited time that no check has
    confirmed yet, since when a check is open, and counted time until the next face check.
    """

    beat_at_ms: int
    carry_ms: int
    reached_ms: int
    length_ms: int
    balances: tuple[DayBalance, ...]
    carry_reason: Reason = Reason.PAUSED
    paused_since_ms: int | None = None
    jumped_at_ms: tuple[int, ...] = ()
    event_at_ms: tuple[int, ...] = ()
    until_check_ms: int | None = None
    provisional_ms: int = 0
    asked_at_ms: int | None = None
    page_ms: int = 0
    until_face_ms: int | None = None


class Stretch(msgspec.Struct, frozen=True):
    """An unbroken piece of server time with one verdict; `reason` is None where the time is credited, and a check may have confirmed it.

    What people gave back after an appeal is `corrected`: it stays refused for its reason, and counts beside what is credited.
    """

    start_ms: int
    end_ms: int
    reason: Reason | None
    confirmed: bool = False
    corrected: bool = False

    @property
    def ms(self) -> int:
        """Return its length in milliseconds."""
        return self.end_ms - self.start_ms

    @property
    def kind(self) -> str:
        """Return the name of its verdict: the reason, `corrected` (人工更正), `confirmed` (已确认) or `provisional` (待确认)."""
        return CORRECTED if self.corrected else self.judged_kind

    @property
    def judged_kind(self) -> str:
        """Return the same as the machine judged it, whatever people gave back."""
        if self.reason:
            return self.reason.value
        return CONFIRMED if self.confirmed else PROVISIONAL


class Do(StrEnum):
    """What the page is told to do next (指令)."""

    GO_ON = "go_on"
    CHECK = "check"
    GO_TO = "go_to"
    RENEW = "renew"
    SIGN_OUT = "sign_out"


class Directive(msgspec.Struct, frozen=True):
    """What to do next, with the position to go to or the reason for signing out."""

    do: Do
    position_ms: int | None = None
    reason: EndReason | None = None


class DayShare(msgspec.Struct, frozen=True):
    """The stretches that belong to one learning day, in order, and what they amount to."""

    day: int
    stretches: tuple[Stretch, ...]

    @property
    def credited_ms(self) -> int:
        """Return the time credited to the day."""
        return sum(stretch.ms for stretch in self.stretches if stretch.reason is None)

    @property
    def confirmed_ms(self) -> int:
        """Return how much of that a check has confirmed."""
        return sum(stretch.ms for stretch in self.stretches if stretch.confirmed)

    @property
    def corrected_ms(self) -> int:
        """Return how much refused time people gave back."""
        return sum(stretch.ms for stretch in self.stretches if stretch.corrected)

    @property
    def refused_ms(self) -> dict[Reason, int]:
        """Return the time refused on the day, by reason."""
        refused: dict[Reason, int] = {}
        for stretch in self.stretches:
            if stretch.reason is not None:
                refused[stretch.reason] = refused.get(stretch.reason, 0) + stretch.ms
        return refused


class Judgement(msgspec.Struct, frozen=True):
    """The verdict over one pool of server time, and the session after it."""

    running: Running
    stretches: tuple[Stretch, ...]
    days: tuple[DayShare, ...]

    @property
    def credited_ms(self) -> int:
        """Return the time credited in this judgement."""
        return sum(stretch.ms for stretch in self.stretches if stretch.reason is None)
