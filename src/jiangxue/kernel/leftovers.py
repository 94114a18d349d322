"""Reading what a caged process has left behind: only plain files, never through a link, never more than is asked for."""

import os
import stat
from pathlib import Path


class NotPlain(Exception):
    """The caged process left a link, a pipe or a file that is too large where a plain file is expected."""


def plain_content(path: Path, most: int) -> bytes:
    """Return the content of a plain file of at most so many bytes; a link could lead to a secret, a pipe would never end."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as fault:
        raise NotPlain(fault.strerror) from fault
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise NotPlain("no file")
    with os.fdopen(opened, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise NotPlain("too large")
    return content
