"""What the audit is refused."""


class AuditRefusal(Exception):
    """Base of all refusals of the audit."""


class StillWriting(AuditRefusal):
    """Somebody who has written an entry has not committed yet, for longer than others can be kept waiting: try again later."""


class NoSuchEntry(AuditRefusal):
    """There is no such entry for this viewer."""
