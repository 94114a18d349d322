"""What enrolment refuses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


class EnrolmentRefusal(Exception):
    """Base of all refusals about classes."""


class NothingToAdopt(EnrolmentRefusal):
    """The class keeps its version: it may be shown, or nothing newer is published."""


class NotInClass(EnrolmentRefusal):
    """The viewer has no such class, or it is not theirs to see."""


class ClassOver(EnrolmentRefusal):
    """The class is closed: nothing of it changes any more."""


class NotOnStaff(EnrolmentRefusal):
    """Somebody does not work for the institution in the role that this needs."""


class OpeningRefusal(EnrolmentRefusal):
    """Base of the refusals about applications to open a class."""


class NoSuchOpening(OpeningRefusal):
    """There is no such application, or it is not the viewer's to see."""


class NotNow(OpeningRefusal):
    """The application does not stand where this may happen: somebody was quicker, or the page is old."""


class NotTheirs(OpeningRefusal):
    """The viewer's role does not do this with an application."""


class ApplicationChanged(OpeningRefusal):
    """What is decided about is not what was shown."""


class WordsMissing(OpeningRefusal):
    """A step that needs words or a number was asked for without."""


class UnfitApplication(OpeningRefusal):
    """The application cannot be handed in or opened as it is; the findings say why."""


class AlreadyOnRoster(OpeningRefusal):
    """The roster has somebody with this identity number."""


class RosterFull(OpeningRefusal):
    """The roster has as many persons as one class may have."""


class RosterMoved(OpeningRefusal):
    """Somebody of the roster was registered at the same moment by somebody else: nothing was opened, and it can be tried again."""


class RosterOnItsWay(OpeningRefusal):
    """A file is being taken onto the roster: what would be handed in is not all of it."""


class PromiseNotSigned(EnrolmentRefusal):
    """The learner has not signed the promise of a class that came of an application."""


class PromiseTextChanged(EnrolmentRefusal):
    """A promise was signed by another version of its text than the one asked for now."""


@dataclass(frozen=True, slots=True)
class SubsidyFault:
    """One thing that is wrong with a table of the conditions of subsidy: in which line of the file (0: in all of it), what, in which cell of which column."""

    line: int
    what: str
    cell: str = ""
    column: str = ""


class UnfitSubsidyTable(EnrolmentRefusal):
    """The table cannot be imported as it is; `faults` says in which lines and why."""

    def __init__(self, faults: Sequence[SubsidyFault]) -> None:
        super().__init__("; ".join(f"{fault.line}: {fault.what}" for fault in faults))
        self.faults = tuple(faults)


class NotTheirsToImport(EnrolmentRefusal):
    """Only the system administrator imports the conditions of subsidy."""


class DayIsTaken(EnrolmentRefusal):
    """Another table of the conditions of subsidy is in force from this very day on, or a later one is already."""


class PlanRefusal(EnrolmentRefusal):
    """Base of all refusals about the plan of a class."""


class NoSuchItem(PlanRefusal):
    """The class has no such item in its plan."""


class NotYoursToPlan(PlanRefusal):
    """Who asks does not answer for the class."""


class AlreadyBegun(PlanRefusal):
    """The item has begun or was cancelled: it stays as it is."""


class PlanMovedOn(PlanRefusal):
    """Somebody has changed the item since the page was read."""


class UnfitItem(PlanRefusal):
    """The item cannot be planned so; `flaws` say why, one word each."""

    def __init__(self, flaws: Collection[str]) -> None:
        super().__init__(", ".join(flaws))
        self.flaws = tuple(flaws)


class UnreadableRoster(EnrolmentRefusal):
    """A file is no roster that can be read: `fault` says why."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class NoRosterFile(EnrolmentRefusal):
    """The viewer has sent no file that waits here, or it was taken in, given up or removed meanwhile."""


class StillTakenIn(EnrolmentRefusal):
    """The file that the viewer has confirmed before is still being taken in."""


class RosterChanged(EnrolmentRefusal):
    """What a confirmation would do is not what was shown: the roster, or an account on it, has changed since."""


class NothingToTakeIn(EnrolmentRefusal):
    """No row of the file adds or changes anybody."""
