"""What the ledger refuses."""


class LedgerRefusal(Exception):
    """Base of all refusals of the ledger."""


class NoSuchArchive(LedgerRefusal):
    """No archive has this id, or its key was destroyed."""
