"""Bring a backup back into an empty database, and hold it against what is known outside (恢复)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from jiangxue.kernel.clock import MachineClock
from jiangxue.operations.backups.judging import Judgement, Outcome, Outside
from jiangxue.operations.backups.restoring import Wish, restore
from jiangxue.operations.backups.wording import judgement_lines, shout
from jiangxue.operations.errors import NotRestoredWhole, OperationsRefusal

NOT_ADMITTED = 3


class Command(BaseCommand):
    """Exit status 0: restored and open; 1: refused, or ended on the way and shut; 3: restored, not admitted and shut."""

    help = "Bring a backup back into an empty database; DATABASE_URL must name jiangxue_owner. See docs/backup.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup, and what it is to be compared with."""
        parser.add_argument("folder", type=Path, metavar="BACKUP", help="the folder of the backup")
        parser.add_argument(
            "--checkpoint",
            type=Path,
            nargs="+",
            default=[],
            metavar="FILE",
            help="checkpoints that somebody outside kept, such as /ledger/checkpoint or a witness's",
        )
        parser.add_argument(
            "--signer-memory", type=Path, metavar="FOLDER", help="the signer's folder, with memory.json"
        )
        parser.add_argument(
            "--nothing-outside", action="store_true", help="there is nothing from outside to compare with"
        )
        parser.add_argument("--without-courseware", action="store_true", help="leave the files of courseware out")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many tables at a time")

    def handle(  # noqa: PLR0913 (what the command line takes)
        self,
        *args: object,
        folder: Path,
        checkpoint: list[Path],
        signer_memory: Path | None,
        nothing_outside: bool,
        without_courseware: bool,
        jobs: int,
        **options: object,
    ) -> None:
        """Bring it back, and say or shout what came of it."""
        outside = Outside(checkpoint, signer_memory)
        if outside.is_nothing is not nothing_outside:
            raise CommandError(
                _(
                    "Say with what the ledger is to be compared: --checkpoint, --signer-memory or both; or --nothing-outside alone."
                )
            )
        wish = Wish(folder.resolve(), outside, with_courseware=not without_courseware, jobs=max(1, jobs))
        try:
            judgement = restore(wish, clock=MachineClock())
        except NotRestoredWhole as fault:
            raise CommandError(
                _("%(fault)s\nThe restore did not finish. The database stays shut: drop it and begin anew.")
                % {"fault": fault}
            ) from None
        except OperationsRefusal as refusal:
            raise CommandError(_("%(fault)s\nNothing was touched.") % {"fault": refusal}) from None
        self._say(judgement, outside)

    def _say(self, judgement: Judgement, outside: Outside) -> None:
        if outside.memory is None:
            self.stdout.write(
                _(
                    "The signer's folder was not given: whoever was erased by law after this backup was made is in this database again. Erase them by the next retention run."
                )
            )
        if judgement.outcome is not Outcome.ADMITTED:
            self.stderr.write(shout(judgement))
            raise CommandError(_("The database was restored, is not admitted and stays shut."), returncode=NOT_ADMITTED)
        for line in judgement_lines(judgement):
            self.stdout.write(line)
        if outside.is_nothing:
            self.stdout.write(
                _("NOTHING outside the database was compared: whether this is the newest state, nobody has checked.")
            )
        self.stdout.write(_("The audit found nothing, rights are those of the original, and the database is open."))
