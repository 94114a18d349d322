"""Where a file with a roster stands, and how long it is kept."""

from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=1)
"""How long a file waits for its confirmation, and what came of it stays to be read."""
STUCK_AFTER = timedelta(hours=1)
"""How long a file that is being taken in stands in the way of another one: by then the worker has come to its end, or will not."""


class FileState(StrEnum):
    """Where a file stands: shown, being taken in by the worker, or done."""

    SHOWN = "shown"
    TAKEN = "taken"
    DONE = "done"
