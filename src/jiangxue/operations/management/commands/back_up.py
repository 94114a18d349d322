"""Make a backup of the platform (备份)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiangxue.kernel.clock import MachineClock
from jiangxue.operations.backups.making import back_up
from jiangxue.operations.backups.wording import made_lines
from jiangxue.operations.errors import OperationsRefusal


class Command(BaseCommand):
    """Write one folder, whole or not at all; needs the address of the database's owner."""

    help = "Write a backup of database and courseware into a new folder; DATABASE_URL must name jiangxue_owner. See docs/backup.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder in which the backup gets a folder of its own, and whether files of courseware go with it."""
        parser.add_argument("place", type=Path, metavar="FOLDER", help="where the backup gets a folder of its own")
        parser.add_argument("--without-courseware", action="store_true", help="leave the files of courseware out")

    def handle(self, *args: object, place: Path, without_courseware: bool, **options: object) -> None:
        """Make it, and say what is in it and what is not."""
        try:
            made = back_up(place.resolve(), with_courseware=not without_courseware, clock=MachineClock())
        except OperationsRefusal as refusal:
            raise CommandError(str(refusal)) from None
        for line in made_lines(made):
            self.stdout.write(line)
