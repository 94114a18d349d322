"""What the archive refuses."""


class ArchiveRefusal(Exception):
    """Base of all refusals of the archive."""


class CannotBeGivenYet(ArchiveRefusal):
    """The log does not show this archive to be complete and witnessed yet: whoever asked must wait."""


class CannotBeGiven(ArchiveRefusal):
    """What the log holds does not prove this archive, or content of it is lost; the message says what. People must look at it."""
