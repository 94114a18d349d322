"""What attendance refuses."""


class AttendanceRefusal(Exception):
    """Base of all refusals about who was present."""


class CodeNotValid(AttendanceRefusal):
    """The code is not one that is shown now: it is too old, or none of ours."""


class NotOpenYet(AttendanceRefusal):
    """It is too early to sign in, or to sign out."""


class NoLongerOpen(AttendanceRefusal):
    """It is too late to sign in, or to sign out."""


class Cancelled(AttendanceRefusal):
    """The item was cancelled."""


class NothingToSay(AttendanceRefusal):
    """Nobody is named, or nothing is stated of whom is."""


class NotBegun(AttendanceRefusal):
    """The item has not begun: nobody can have been present or absent."""


class OutsideItem(AttendanceRefusal):
    """The time that is stated does not lie in the time of the item."""


class NotTheTurn(AttendanceRefusal):
    """Somebody has stated or signed something since the page was read, or it is not that far."""


class NotYours(AttendanceRefusal):
    """This step belongs to another role."""


class SamePerson(AttendanceRefusal):
    """Who states does not sign."""


class OwnTime(AttendanceRefusal):
    """Nobody decides about their own time."""


class TooManyObjections(AttendanceRefusal):
    """The learner has said as often as we listen that this item is wrong, or says so again before the last word is answered."""
