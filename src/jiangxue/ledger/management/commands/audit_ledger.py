"""Audit the log and print what is not as it must be (核验存证日志)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiangxue.ledger.queries.audits import SENTENCES
from jiangxue.ledger.services.auditing import audited


class Command(BaseCommand):
    """Compute the whole log again from its rows; changes nothing. Exit status 1 when something is found."""

    help = "Compute the log of evidence again from its rows, and print what is not as it must be. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take checkpoints from outside, and whether contents are to be opened."""
        parser.add_argument(
            "--known", type=Path, nargs="+", default=[], metavar="FILE", help="checkpoints that somebody outside kept"
        )
        parser.add_argument("--contents", action="store_true", help="open every payload too; takes longer")

    def handle(self, *args: object, known: list[Path], contents: bool, **options: object) -> None:
        """Print the counts and what was found."""
        found = audited([_text(path) for path in known], with_contents=contents)
        self.stdout.write(", ".join(f"{name} {number}" for name, number in found.counts.items()))
        for each in found.findings:
            self.stdout.write(f"{SENTENCES[each.kind]} [{each.kind} {each.place}: {each.words}]")
        if not found.is_clean:
            raise CommandError("found: " + ", ".join(f"{kind} {number}" for kind, number in found.found.items()))


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"{path} cannot be read: {fault}") from None
