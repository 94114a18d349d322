"""What the archive refuses."""

from jiangxue.attendance.rules.open_ends import OpenAttendance
from jiangxue.learning.rules.open_ends import OpenEnds


class ArchiveRefusal(Exception):
    """Base of all refusals of the archive."""


class CannotBeGivenYet(ArchiveRefusal):
    """The log does not show this archive to be complete and witnessed yet: whoever asked must wait."""


class CannotBeGiven(ArchiveRefusal):
    """What the log holds does not prove this archive, or content of it is lost; the message says what. People must look at it."""


class SettlementRefusal(ArchiveRefusal):
    """Base of all refusals about settling the hours of a class."""


class ClassNotOver(SettlementRefusal):
    """The class still runs."""


class StillOpen(SettlementRefusal):
    """Sessions, check-ins or appeals of the class have no end yet; `ends` says how many."""

    def __init__(self, ends: OpenEnds) -> None:
        super().__init__(ends)
        self.ends = ends


class AttendanceOpen(SettlementRefusal):
    """Attendance of the class has no end yet; `open_ends` says of how much."""

    def __init__(self, open_ends: OpenAttendance) -> None:
        super().__init__(open_ends)
        self.open_ends = open_ends


class StillAtTest(SettlementRefusal):
    """Somebody of the class sits at a test that may still be handed in."""


class StillFrozen(SettlementRefusal):
    """Hours of the class are frozen, and nobody has decided about them yet."""


class WarnedMeanwhile(SettlementRefusal):
    """Since the page was loaded something was said that whoever confirms must have seen."""


class HoursSettled(SettlementRefusal):
    """The hours of the class are settled: what they came from stays as it is."""


class NobodyEnrolled(SettlementRefusal):
    """The class has no places whose hours could be settled."""


class NotTheTurn(SettlementRefusal):
    """The settlement has moved on, or has not come so far."""


class NotYours(SettlementRefusal):
    """This step belongs to another role."""


class SamePerson(SettlementRefusal):
    """Who proposed does not confirm."""


class OwnHours(SettlementRefusal):
    """Nobody settles their own hours."""


class FiguresChanged(SettlementRefusal):
    """What was proposed is not what the records come to now: it must be proposed anew."""


class FreezeRefusal(ArchiveRefusal):
    """Base of all refusals about freezing hours."""


class AlreadyFrozen(FreezeRefusal):
    """Something of this place waits for a decision already."""


class NothingToFreeze(FreezeRefusal):
    """The archive of the place is erased, or about to be."""


class NotFrozen(FreezeRefusal):
    """The decision names days that were never frozen, or there is nothing to decide any more."""


class RetentionRefusal(ArchiveRefusal):
    """Base of all refusals about how long archives are kept."""


class TooFewYears(RetentionRefusal):
    """Archives are kept for five years at least, and for 99 at most."""


class NotAReason(RetentionRefusal):
    """A reason is missing, or longer than 200 characters."""


class AlreadyHeld(RetentionRefusal):
    """The archive stands under a hold already."""


class NothingHeld(RetentionRefusal):
    """The archive stands under no hold."""


class HeldFromAbove(RetentionRefusal):
    """The hold was placed for a wider region: only there it is lifted."""


class RunUnderWay(RetentionRefusal):
    """Another run waits for its second person, or is at work."""


class NothingDue(RetentionRefusal):
    """No archive is over its time."""


class RunMovedOn(RetentionRefusal):
    """The run was confirmed or dropped meanwhile."""


class NotTheRole(RetentionRefusal):
    """This step belongs to another role."""


class SameAdministrator(RetentionRefusal):
    """Who reported does not confirm."""
