"""What enrolment refuses."""


class EnrolmentRefusal(Exception):
    """Base of all refusals about classes."""


class NothingToAdopt(EnrolmentRefusal):
    """The class keeps its version: it may be shown, or nothing newer is published."""


class NotInClass(EnrolmentRefusal):
    """The viewer has no such class, or it is not theirs to see."""
