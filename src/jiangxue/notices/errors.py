"""What telling people is refused."""


class NoticesRefusal(Exception):
    """Base of all refusals of notices."""


class UnfitNotice(NoticesRefusal):
    """A message has no fit code, parameters or address: a fault of the program that tells."""


class NoSuchNotice(NoticesRefusal):
    """There is no such message for this account."""
