"""What looking after the platform is refused."""

from collections.abc import Mapping, Sequence


class OperationsRefusal(Exception):
    """Base of all refusals of operations."""


class NotTheirsToChange(OperationsRefusal):
    """Only the security administrator says who countersigns the log (clause M3)."""


class NoSuchDay(OperationsRefusal):
    """No such day of the audit is in the ledger, for this viewer."""


class TooLargeAtOnce(OperationsRefusal):
    """A day of the audit has more entries than somebody should wait for: the worker computes it again."""


class NotTheirsToCheck(OperationsRefusal):
    """Only the audit administrator has the days of the audit computed again."""


class KeysAreLacking(OperationsRefusal):
    """Keys that still seal something are not configured; with how many values each seals."""

    def __init__(self, values: Mapping[int, int]) -> None:
        """Take the numbers of the keys, with how many values each seals."""
        super().__init__(values)
        self.values = values


class WrongKey(OperationsRefusal):
    """A key opens nothing of what a key of its number sealed: it is another one than the platform's."""

    def __init__(self, number: int) -> None:
        """Take the number of the key."""
        super().__init__(number)
        self.number = number


class KeyIsUnproven(OperationsRefusal):
    """Nothing is sealed under the current key yet, so nothing shows that the platform has the same one."""


class MayNotReseal(OperationsRefusal):
    """The database's role may not change these columns."""

    def __init__(self, columns: Sequence[str]) -> None:
        """Take the columns."""
        super().__init__(columns)
        self.columns = columns


class CannotBackUp(OperationsRefusal):
    """No backup can be made here; the message says why, to whoever is at the terminal."""


class NotABackup(OperationsRefusal):
    """A folder is no backup, or not as it was written; the message says in what, to whoever is at the terminal."""


class CannotRestore(OperationsRefusal):
    """A backup cannot be brought back here, and nothing was touched; the message says why, to whoever is at the terminal."""


class NotRestoredWhole(OperationsRefusal):
    """Bringing a backup back failed on the way: what is there is no platform and stays closed; the message says where."""
