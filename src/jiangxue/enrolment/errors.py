"""What enrolment refuses."""


class EnrolmentRefusal(Exception):
    """Base of all refusals about classes."""


class NotInClass(EnrolmentRefusal):
    """The viewer has no such class, or it is not theirs to see."""
