"""Pictures that people send: read within bounds in a process of its own, and written anew. Clauses M2, M6.

What a file is called or says it is does not matter; its content does. One picture is read at a time in each process.
"""

import logging
from threading import Lock

from jiangxue.kernel.cage import BeyondWalls, run_caged
from jiangxue.learning.errors import NoPicture, PicturesWait, PictureTooLarge
from jiangxue.learning.services.picture_reader import NO_PICTURE, TOO_LARGE, WALLS

log = logging.getLogger(__name__)
MOST_BYTES = 8 * 1024 * 1024
PATIENCE_S = 15
_READER = "jiangxue.learning.services.picture_reader"
_one_at_a_time = Lock()


def written_anew(sent: bytes) -> bytes:
    """Return a picture as `picture_reader` writes it anew; raise `PictureTooLarge`, `NoPicture`, or `PicturesWait` when many are sent at once."""
    if len(sent) > MOST_BYTES:
        raise PictureTooLarge
    if not _one_at_a_time.acquire(timeout=PATIENCE_S):
        raise PicturesWait
    try:
        done = run_caged(_READER, walls=WALLS, sent=sent)
    except BeyondWalls:
        raise PictureTooLarge from None
    finally:
        _one_at_a_time.release()
    if done.returncode == TOO_LARGE:
        raise PictureTooLarge
    if done.returncode == NO_PICTURE:
        raise NoPicture
    if done.returncode != 0:
        log.error(
            "picture_reader_failed",
            extra={"status": done.returncode, "said": done.stderr[-500:].decode("utf-8", "replace")},
        )
        raise NoPicture
    return done.stdout
