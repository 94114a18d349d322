"""What is thought of a log that was brought back: does it fit itself and the backup, and does it continue what outsiders know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.errors import LogDamaged, SignerRefusal
from jiangxue.ledger.queries.audits import SENTENCES
from jiangxue.ledger.queries.outside import (
    Standing,
    Tree,
    erased_by_memory,
    last_recorded_at,
    standing_to,
    tree_here,
    tree_of_memory,
    tree_of_note,
)
from jiangxue.ledger.rules import note
from jiangxue.ledger.services.auditing import audited
from jiangxue.operations.backups.manifest import LogThen
from jiangxue.operations.errors import CannotRestore


class Outcome(StrEnum):
    """What came of the checks, the worst that was found."""

    ADMITTED = "admitted"
    OLDER = "older"
    OTHER = "other"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Outside:
    """What is known outside the database: files with checkpoints, and the folder of the signer's memory."""

    checkpoints: Sequence[Path] = ()
    memory: Path | None = None

    @property
    def is_nothing(self) -> bool:
        """Say whether there is nothing to compare with."""
        return not self.checkpoints and self.memory is None

    def erased(self) -> frozenset[UUID]:
        """Return the archives that the signer knows to have been erased; none where its folder is not given. Raises `SignerRefusal`."""
        return frozenset() if self.memory is None else erased_by_memory(self.memory)


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing from outside, what tree it knows (None: one of no key of this log), and how the log here stands to it."""

    source: Path
    standing: Standing
    tree: Tree | None
    file_at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found: the log here, faults in it in sentences, how it stands to what is known outside, and how many archives were erased again."""

    here: Tree | None
    last_recorded_at: datetime | None
    faults: Sequence[str] = ()
    compared: Sequence[Compared] = field(default=())
    erased_again: int = 0

    @property
    def outcome(self) -> Outcome:
        """The worst that was found."""
        if self.faults:
            return Outcome.DAMAGED
        found = {each.standing for each in self.compared}
        if found & {Standing.OTHER, Standing.FOREIGN}:
            return Outcome.OTHER
        return Outcome.OLDER if Standing.OLDER in found else Outcome.ADMITTED

    @property
    def missing(self) -> int:
        """How many entries of the largest log that is known outside are not here."""
        known = max((each.tree.size for each in self.compared if each.tree), default=0)
        return max(0, known - (self.here.size if self.here else 0))


def require_readable(outside: Outside) -> None:
    """Refuse what cannot be compared before anything is touched: a lost file is no reason to compare less. Raises `CannotRestore`."""
    for path in outside.checkpoints:
        try:
            note.read_checkpoint(note.split(path.read_text())[0])
        except (OSError, ValueError, note.NotANote) as fault:
            raise CannotRestore(_("%(path)s is no checkpoint: %(fault)s") % {"path": path, "fault": fault}) from None
    if outside.memory is not None:
        try:
            tree_of_memory(outside.memory)
            outside.erased()
        except SignerRefusal as fault:
            raise CannotRestore(str(fault)) from None


def judged(then: LogThen, outside: Outside, erased_again: int = 0) -> Judgement:
    """Audit the log from its rows with all contents, and hold it against the backup's own words and what is known outside."""
    found = audited([], with_contents=True, erased=outside.erased())
    faults = [f"{SENTENCES[each.kind]} [{each.kind} {each.place}: {each.words}]" for each in found.findings]
    try:
        here, last = tree_here(), last_recorded_at()
        if (here.by.name, here.size, here.root.hex()) != (then.hash_name, then.size, then.root):
            faults.append(_("The log is not the one of which the backup was made."))
        judgement = Judgement(here, last, faults, erased_again=erased_again)
        return replace(judgement, compared=list(_compared(outside))) if not faults else judgement
    except (LogDamaged, note.NotANote) as fault:
        return Judgement(None, None, [*faults, str(fault)], erased_again=erased_again)


def _compared(outside: Outside) -> Iterator[Compared]:
    if outside.memory is not None:
        path = outside.memory / "memory.json"
        yield _held_against(path, tree_of_memory(outside.memory))
    for path in outside.checkpoints:
        yield _held_against(path, tree_of_note(path.read_text()))


def _held_against(path: Path, tree: Tree | None) -> Compared:
    standing = Standing.FOREIGN if tree is None else standing_to(tree)
    return Compared(path, standing, tree, from_ms(path.stat().st_mtime_ns // 1_000_000))
