"""What is refused about cases."""

from jiangxue.supervision.errors import SupervisionRefusal


class CaseRefusal(SupervisionRefusal):
    """Base of all refusals about cases."""


class NoSuchCase(CaseRefusal):
    """There is no such case that the viewer may see."""


class AlreadyOpen(CaseRefusal):
    """Another case about the same place waits for its decision."""


class ArchiveGone(CaseRefusal):
    """The archive of the place is erased: there is nothing left to look at."""


class NotYours(CaseRefusal):
    """This step belongs to somebody else: another role, or the authority that opened the case or one above it."""


class TakesPart(CaseRefusal):
    """Whoever is a learner of the class, belongs to its institution or has explained something decides nothing about it."""


class SamePerson(CaseRefusal):
    """Who opened the case or proposed does not decide."""


class NotTheTurn(CaseRefusal):
    """The case has moved on since the page was read, or has not come so far."""


class HearFirst(CaseRefusal):
    """Nothing is withheld before the learner and the institution have explained, or had the time for it."""


class NoSuchDays(CaseRefusal):
    """Days that were not frozen, or on which nothing was learned, cannot be withheld; and something must be."""


class EnoughSaid(CaseRefusal):
    """One side has explained as often as a case takes."""
