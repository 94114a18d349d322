"""The worker's part of an upload: from portions to courseware, in attempts that never disturb one another. Clauses T1.1, T1.4.

An attempt has a number, and everything that it writes is on condition that the upload is still worked on under this number.
A worker that was taken for dead therefore changes nothing when it comes back, and what it has made is removed.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet

from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware import converting
from jiangxue.courseware.converting import Converted, Place, Unfit
from jiangxue.courseware.errors import ChunkMissing, Superseded
from jiangxue.courseware.models import Upload
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.courseware.rules.uploads import KEPT_OUTDATED
from jiangxue.courseware.services import MediaDraft, create_media
from jiangxue.courseware.services.asking import ask_for_all_sizes, ask_for_tidying
from jiangxue.courseware.services.telling import tell_author
from jiangxue.courseware.storage import (
    chunk_name,
    courseware_storage,
    folders_in,
    made_of,
    original_of,
    put_file,
    put_folder,
    remove_folder,
)
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.leftovers import NotPlain, plain_content

BEAT_S = 2.0
_BLOCK = 1024 * 1024
_MOST_TOLD_BYTES = 16
_STORING = 980
"""How far the work has come, in thousandths, when only the storing is left."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at an upload."""

    upload_id: UUID
    number: int
    name: str
    size: int

    @property
    def folder(self) -> str:
        """Return the storage's folder that only this attempt writes to."""
        return f"{made_of(self.upload_id)}/{self.number}"

    @property
    def work(self) -> Path:
        """Return the folder on this machine that only this attempt writes to."""
        return Path(settings.WORK_FOLDER) / f"{self.upload_id.hex}-{self.number}"


def process(upload_id: UUID, *, clock: Clock) -> None:
    """Make courseware of an upload that has come whole; nothing when there is nothing to do or somebody else does it."""
    attempt = begin(upload_id, clock=clock)
    if attempt is None:
        return
    _remove_leftovers(attempt)
    remove_forgotten(clock.now())
    try:
        _carry_through(attempt, clock)
    except (Superseded, OSError):  # whoever took over on this machine has removed the working folder: reading it fails
        if _ours(attempt).exists():
            raise
        remove_folder(attempt.folder)


@transaction.atomic
def begin(upload_id: UUID, *, clock: Clock) -> Attempt | None:
    """Begin an attempt at a waiting upload."""
    upload = Upload.objects.select_for_update().filter(pk=upload_id, state=Upload.State.WAITING).first()
    if upload is None:
        return None
    upload.state, upload.worked_at, upload.done_permille = Upload.State.WORKING, clock.now(), 0
    upload.attempt += 1
    upload.save(update_fields=["state", "worked_at", "done_permille", "attempt"])
    return Attempt(upload.pk, upload.attempt, upload.name, upload.size)


def beat(attempt: Attempt, permille: int, *, clock: Clock) -> None:
    """Give a sign of life, or raise `Superseded`."""
    if not _ours(attempt).update(worked_at=clock.now(), done_permille=permille):
        raise Superseded


def _remove_leftovers(attempt: Attempt) -> None:
    """Remove what earlier attempts have left in the storage and on this machine."""
    made = made_of(attempt.upload_id)
    for left in folders_in(made):
        remove_folder(f"{made}/{left}")
    for left_here in Path(settings.WORK_FOLDER).glob(f"{attempt.upload_id.hex}-*"):
        shutil.rmtree(left_here, ignore_errors=True)


def remove_forgotten(now: datetime) -> None:
    """Remove what killed workers of this machine have left behind a day ago: their uploads may have been made elsewhere since."""
    for left in Path(settings.WORK_FOLDER).glob("*"):
        with suppress(FileNotFoundError):  # whoever works there has just ended
            if datetime.fromtimestamp(left.stat().st_mtime, UTC) < now - KEPT_OUTDATED:
                shutil.rmtree(left, ignore_errors=True)


def _carry_through(attempt: Attempt, clock: Clock) -> None:
    try:
        with empty_folder(attempt.work):
            kind, made = _made(attempt, clock)
        _finish(attempt, kind, made, clock)
    except Unfit as refusal:
        _refuse(attempt, refusal, clock)


def _made(attempt: Attempt, clock: Clock) -> tuple[FileKind, Converted]:
    """Convert under a beating heart, then store; only the storing is done after the attempt was seen to be current once more."""
    source = attempt.work / "source"
    place = Place(attempt.work / "made", attempt.work / "told" / "progress", new_id().hex)

    def convert() -> tuple[FileKind, Converted]:
        _assemble(attempt, source)
        kind = converting.kind_of(source, attempt.name)
        place.folder.mkdir()
        place.progress.parent.mkdir()
        return kind, converting.converted(source, kind, place)

    def store() -> None:
        put_folder(place.folder, attempt.folder)
        original, storage = original_of(attempt.upload_id), courseware_storage()
        if (
            not storage.exists(original) or storage.size(original) != attempt.size
        ):  # a killed attempt may have left a part
            put_file(source, original)

    kind, made = with_heartbeat(convert, lambda: beat(attempt, _permille(place.progress), clock=clock))
    with_heartbeat(store, lambda: beat(attempt, _STORING, clock=clock))
    return kind, made


def with_heartbeat[T](act: Callable[[], T], give_sign: Callable[[], object]) -> T:
    """Do something long in a thread while this one gives signs of life; whoever is superseded waits for its end and says so.

    The act itself asks the database nothing: the connection stays with this thread.
    """
    superseded: Superseded | None = None
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(act)
        while superseded is None:
            try:
                give_sign()
            except Superseded as refusal:
                superseded = refusal
            except (OperationalError, InterfaceError):  # the database may be back before the work is done
                connection.close()
            if not wait([done], timeout=BEAT_S).not_done:
                break
    if superseded is not None:
        raise superseded
    return done.result()


@contextmanager
def empty_folder(folder: Path) -> Iterator[Path]:
    """Make a folder of this machine for a while."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _permille(progress: Path) -> int:
    """Return how far the work has come by the file that it writes; before it has begun, and what cannot be read, is nothing."""
    try:
        said = plain_content(progress, _MOST_TOLD_BYTES).decode(errors="replace").strip()
    except NotPlain:
        return 0
    return min(int(said), _STORING) if said.isdecimal() else 0


def _ours(attempt: Attempt) -> QuerySet[Upload]:
    return Upload.objects.filter(pk=attempt.upload_id, state=Upload.State.WORKING, attempt=attempt.number)


def _locked(attempt: Attempt) -> Upload:
    upload = _ours(attempt).select_for_update().first()
    if upload is None:
        raise Superseded
    return upload


def _assemble(attempt: Attempt, source: Path) -> None:
    """Put the portions together; each begins where the former ended."""
    at = 0
    with source.open("wb") as whole:
        while at < attempt.size:
            before = at
            try:
                with courseware_storage().open(chunk_name(attempt.upload_id, at)) as portion:
                    while block := portion.read(_BLOCK):
                        at += whole.write(block)
            except FileNotFoundError:
                raise ChunkMissing from None
            if at == before or at > attempt.size:
                raise ChunkMissing


@transaction.atomic
def _finish(attempt: Attempt, kind: FileKind, made: Converted, clock: Clock) -> None:
    upload = _locked(attempt)
    upload.media = create_media(draft_of(made, attempt.folder))
    upload.state, upload.kind, upload.done_permille, upload.finished_at = Upload.State.READY, kind, 1000, clock.now()
    upload.save(update_fields=["media", "state", "kind", "done_permille", "finished_at"])
    audit.record("upload.ready", by=PROGRAM, at=upload.finished_at, about=("upload", upload.pk))
    tell_author(upload)
    ask_for_tidying(upload.pk, attempt.folder)
    if made.more:
        ask_for_all_sizes(upload.pk)


@transaction.atomic
def _refuse(attempt: Attempt, refusal: Unfit, clock: Clock) -> None:
    """Say what is wrong with the file; what only the platform lacks is no fault of the file."""
    upload = _locked(attempt)
    is_ours = refusal.fault is FileFault.NOT_READY
    upload.state = Upload.State.FAILED if is_ours else Upload.State.REFUSED
    upload.fault = "" if is_ours else refusal.fault
    upload.detail = (refusal.fault if is_ours else refusal.detail)[:200]
    upload.finished_at = clock.now()
    upload.save(update_fields=["state", "fault", "detail", "finished_at"])
    audit.record(f"upload.{upload.state}", by=PROGRAM, at=upload.finished_at, about=("upload", upload.pk))
    tell_author(upload)
    if not is_ours:
        ask_for_tidying(upload.pk)


def draft_of(made: Converted, folder: str) -> MediaDraft:
    """Return what was made as courseware that stands in a folder of the storage."""
    return MediaDraft(
        folder,
        made.sha256,
        kind=made.kind,
        length_ms=made.length_ms,
        page_sizes=made.page_sizes,
        key_name=made.key_name,
        captions_sha256=made.captions_sha256,
        has_poster=made.has_poster,
        source_sha256=made.source_sha256,
        report=made.report,
    )
