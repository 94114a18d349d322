"""What looking after the platform is refused."""


class OperationsRefusal(Exception):
    """Base of all refusals of operations."""


class NotTheirsToChange(OperationsRefusal):
    """Only the security administrator says who countersigns the log (clause M3)."""
