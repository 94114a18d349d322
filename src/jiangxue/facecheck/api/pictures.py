"""The pictures of an attempt: those that are looked at closely, those by which somebody is known already, and those that are kept."""

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from jiangxue.accounts.services.verifying import portrait_reference, portrait_under
from jiangxue.facecheck.api.database import in_database
from jiangxue.facecheck.api.wire import Closed, Closing
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.queries.pictures import picture_of_last_pass
from jiangxue.facecheck.rules.outcomes import Purpose
from jiangxue.facecheck.rules.shapes import Portrait
from jiangxue.facecheck.rules.staging import Staging
from jiangxue.facecheck.services.results import Result, Taken
from jiangxue.facecheck.vision.errors import Full, LookFailed, Unreadable
from jiangxue.facecheck.vision.pool import Eyes

log = logging.getLogger(__name__)
PICTURES_KEPT = 3
"""So many pictures of a check are kept: where it begins, in the middle, at its end."""
SOURCE_WITHIN_S = 5.0
_ASKING = ThreadPoolExecutor(4, thread_name_prefix="source")
_TROUBLE = (Full, LookFailed, Unreadable)


@dataclass(frozen=True, slots=True)
class Kept:
    """A frame that may still be compared: when it came, and its JPEG."""

    at_ms: int
    jpeg: bytes


async def portraits_of(staging: Staging, kept: Mapping[int, Kept], eyes: Eyes) -> dict[int, Portrait]:
    """Look closely at the frames in which the face can be compared; one that cannot be read is left out."""
    found = {}
    for seq in (*staging.start, *staging.middle, *staging.acting, *staging.end):
        if seq in kept:
            try:
                found[seq] = await eyes.portray(kept[seq].jpeg)
            except _TROUBLE:
                continue
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """How whoever enrols is known already: from the source of identities, and from the last check that was passed under this name; None where there is no picture that can be looked at."""

    source: Portrait | None = None
    earlier: Portrait | None = None


async def known_of(attempt: FaceAttempt, eyes: Eyes) -> Known:
    """Look at the pictures by which whoever enrols is known already.

    Without that of the last check that was passed nobody enrols: it is ours, and another face could come in its place. Raises `Closed`.
    """
    if attempt.purpose != Purpose.ENROL:
        return Known()
    reference = await in_database(partial(portrait_reference, attempt.account_id))
    of_source = await _asked(reference, attempt) if reference is not None else None
    earlier = await in_database(partial(picture_of_last_pass, attempt.account_id))
    known = Known(await _looked_at(of_source, attempt, eyes), await _looked_at(earlier, attempt, eyes))
    if earlier is not None and known.earlier is None:
        raise Closed(Closing.NO_SERVICE)
    return known


async def _looked_at(picture: bytes | None, attempt: FaceAttempt, eyes: Eyes) -> Portrait | None:
    if picture is None:
        return None
    try:
        return await eyes.portray(picture, of_source=True)
    except _TROUBLE:
        log.warning("known_picture_not_seen", extra={"attempt": attempt.pk.hex})
        return None


async def _asked(reference: str, attempt: FaceAttempt) -> bytes | None:
    """Ask the source, in threads in which it keeps nobody waiting but itself; one that is silent for so long has no picture."""
    try:
        async with asyncio.timeout(SOURCE_WITHIN_S):
            return await asyncio.get_running_loop().run_in_executor(_ASKING, portrait_under, reference)
    except TimeoutError:
        log.warning("source_silent", extra={"attempt": attempt.pk.hex})
        return None


async def with_pictures(
    result: Result, attempt: FaceAttempt, portraits: Mapping[int, Portrait], kept: Mapping[int, Kept], eyes: Eyes
) -> Result:
    """Add the pictures that are kept, made anew and small: at the beginning, in the middle, at the end.

    An enrolment of which none can be made is none, because nobody could hold it against a document. Raises `Closed`.
    """
    seqs = sorted(portraits) or sorted(kept)
    chosen = sorted({seqs[0], seqs[len(seqs) // 2], seqs[-1]})[:PICTURES_KEPT] if seqs else []
    first_ms = min((each.at_ms for each in kept.values()), default=0)
    taken = []
    for seq in chosen:
        try:
            taken.append(Taken(kept[seq].at_ms - first_ms, await eyes.small(kept[seq].jpeg)))
        except _TROUBLE:
            continue
    if result.made is not None:
        if not taken:
            raise Closed(Closing.NO_SERVICE)
        pictures = [each.jpeg for each in taken]
        return replace(result, made=replace(result.made, pictures=pictures))
    return replace(result, pictures=taken) if attempt.purpose == Purpose.CHECK else result
