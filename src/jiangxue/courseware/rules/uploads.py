"""What may be sent as a file, in what portions, and how long an unfinished one is kept. Clause T1.1."""

import unicodedata
from datetime import timedelta

CHUNK_BYTES = 4 * 1024 * 1024
"""What a browser sends at a time: after a lost line at most so much comes again."""

MOST_CHUNK_BYTES = 5 * 1024 * 1024
"""What the server takes at a time."""

MOST_UNFINISHED = 20
"""Files of one course that may be on their way at the same time."""

MOST_ATTEMPTS = 3
"""How often the work on a file is begun before it counts as failed, and again when somebody asks for it."""

SILENT_AFTER = timedelta(seconds=60)
"""A worker that gave no sign of life for so long has ended; another one takes over."""

KEPT_UNFINISHED = timedelta(days=7)
"""How long a file that did not come whole can be gone on with."""

KEPT_FAILED = timedelta(days=7)
"""How long what was sent of a file waits for another try after the work on it has failed."""

KEPT_OUTDATED = timedelta(hours=24)
"""How long a folder lasts that another one has replaced: addresses into it hold for 12 hours."""

LONGEST_NAME = 255
UNNAMED = "file"
_LONGEST_SUFFIX = 16


def cleaned_name(name: str) -> str:
    """Return a name that can be shown: without folders, control and invisible characters, at most 255 characters, its ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(each for each in last if not unicodedata.category(each).startswith("C"))
    spaced = " ".join(visible.split())
    if len(spaced) <= LONGEST_NAME:
        return spaced or UNNAMED
    stem, dot, suffix = spaced.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        return spaced[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(suffix) - 1] + dot + suffix
