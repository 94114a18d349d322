"""Bringing a backup back into an empty database elsewhere: checked before, shut while it lasts, opened only when the log fits."""

from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from jiangxue.archive.services.erasing_again import erase_again
from jiangxue.audit import services as audit
from jiangxue.kernel.clock import Clock
from jiangxue.ledger.services.alarming import alarm
from jiangxue.operations.backups import courseware, manifest, programs, target
from jiangxue.operations.backups.judging import Judgement, Outcome, Outside, judged, require_readable
from jiangxue.operations.backups.keys import known_marks
from jiangxue.operations.backups.manifest import COPIED, COURSEWARE, DUMP, RIGHTS, Manifest
from jiangxue.operations.backups.rights import rights
from jiangxue.operations.errors import CannotRestore, NotRestoredWhole

ALARM = "restored.not_admitted"
UNFINISHED = "unfinished"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be brought back, with what it is compared, whether its files of courseware too, and how many tables at a time."""

    folder: Path
    outside: Outside
    with_courseware: bool = True
    jobs: int = 1


def restore(wish: Wish, *, clock: Clock) -> Judgement:
    """Bring a backup back and return what is thought of its log; unless it is admitted, the database stays shut.

    Raises `NotABackup` or `CannotRestore` before anything was touched, `NotRestoredWhole` after that.
    """
    said = _checked_before(wish)
    target.shut(UNFINISHED)
    try:
        _load(wish, said)
        erased = erase_again(wish.outside.erased(), now=clock.now())
        judgement = judged(said.log, wish.outside, erased)
    except (programs.ProgramFailed, OSError) as fault:
        raise NotRestoredWhole(str(fault)) from None
    _conclude(wish, judgement, clock)
    return judgement


def _checked_before(wish: Wish) -> Manifest:
    said = manifest.checked(wish.folder)
    require_readable(wish.outside)
    _require_same_keys(said)
    _require_known_migrations(said)
    if target.server_major() < said.server:
        raise CannotRestore(
            _("The backup is of PostgreSQL %(then)d, and this is PostgreSQL %(now)d: take one that is no older.")
            % {"then": said.server, "now": target.server_major()}
        )
    if said.courseware == COPIED and wish.with_courseware:
        courseware.require_room(courseware.local_folder())
    target.require_empty()
    try:
        programs.require_readable(programs.program("pg_restore", said.server), wish.folder / DUMP)
    except programs.ProgramFailed as fault:
        raise CannotRestore(str(fault)) from None
    return said


def _require_same_keys(said: Manifest) -> None:
    here = known_marks()
    others = sorted(name for name, mark in said.keys.items() if here.get(name) != mark)
    if others:
        raise CannotRestore(
            _(
                "The backup was made with other keys: %(names)s. Set those of that installation; a backup does not hold them."
            )
            % {"names": ", ".join(others)}
        )


def _require_known_migrations(said: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    strange = sorted(set(said.migrations) - known)
    if strange:
        raise CannotRestore(
            _("The backup is of a newer program: %(names)s is not known here. Install that program first.")
            % {"names": ", ".join(strange[:_NAMED])}
        )


def _load(wish: Wish, said: Manifest) -> None:
    target.take_back_defaults()
    restoring = programs.program("pg_restore", said.server)
    programs.run_on_database([restoring, "--exit-on-error", f"--jobs={wish.jobs}", str(wish.folder / DUMP)])
    _require_same_rights(wish.folder / RIGHTS)
    target.learn_sizes()
    call_command("migrate", "--no-input", verbosity=0)  # what a newer program adds; nothing else
    folder = courseware.local_folder()
    if said.courseware == COPIED and wish.with_courseware and folder is not None:
        courseware.unpack(wish.folder / COURSEWARE, folder)


def _require_same_rights(path: Path) -> None:
    then, now = set(path.read_text().splitlines()), set(rights())
    differing = sorted(then ^ now)
    if differing:
        raise NotRestoredWhole(
            _("Rights and guards are not those of the original in %(count)d places, first: %(names)s")
            % {"count": len(differing), "names": "; ".join(differing[:_NAMED])}
        )


def _conclude(wish: Wish, judgement: Judgement, clock: Clock) -> None:
    now, outcome = clock.now(), judgement.outcome
    with transaction.atomic():
        act = "database.restored_unchecked" if wish.outside.is_nothing else "database.restored"
        audit.record(act, by=audit.PROGRAM, at=now, about=("backup", wish.folder.name), result=_result(outcome))
        if outcome is not Outcome.ADMITTED:
            alarm(
                ALARM,
                f"{outcome}: {judgement.missing} entries missing; {'; '.join(judgement.faults[:_NAMED])}",
                now=now,
            )
    if outcome is Outcome.ADMITTED:
        target.open_for_all()
    else:
        target.shut(outcome)
    connection.close()


def _result(outcome: Outcome) -> str:
    return audit.DONE if outcome is Outcome.ADMITTED else audit.REFUSED
