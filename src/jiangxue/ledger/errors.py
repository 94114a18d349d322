"""What the ledger refuses."""


class LedgerRefusal(Exception):
    """Base of all refusals of the ledger."""


class NoSuchArchive(LedgerRefusal):
    """No archive has this id, or its key was destroyed."""


class LogDamaged(LedgerRefusal):
    """The tables of the log do not fit together; the message says where."""


class SignerRefusal(LedgerRefusal):
    """The signer does not sign what the database holds; the message says why."""


class NotSealedYet(LedgerRefusal):
    """The archive has events that the log, its heads, its checkpoint or its witnesses do not cover yet."""


class NoSuchSize(LedgerRefusal):
    """The log has no checkpoint of this size, or is smaller."""
