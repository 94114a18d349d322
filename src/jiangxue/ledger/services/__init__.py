"""What the ledger does for others: appending evidence; its other verbs stand in modules of their own."""

from jiangxue.ledger.log.vouching import SALT_BYTES
from jiangxue.ledger.services.appending import (
    Event,
    append,
    append_all,
    ensure_archive,
    open_archive,
    open_archives,
)

__all__ = ["SALT_BYTES", "Event", "append", "append_all", "ensure_archive", "open_archive", "open_archives"]
