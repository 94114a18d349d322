"""Judge a class's learning again and print what does not agree (复算)."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiangxue.learning.rules.differences import Difference
from jiangxue.learning.services.recomputing import recompute
from jiangxue.ui.differences import difference_sentence


class Command(BaseCommand):
    """Judge everything of a class again; changes nothing. Exit status 1 when something does not agree."""

    help = "Judge the learning time of a class again from what is kept, and print what does not agree. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the class."""
        parser.add_argument("--class", dest="class_id", type=int, required=True, help="the number of the class")

    def handle(self, *args: object, **options: int) -> None:
        """Print the counts and every difference."""
        report = recompute(options["class_id"])
        self.stdout.write(f"sessions {report.sessions}, segments {report.segments}, beats {report.beats}")
        for difference in report.differences:
            self.stdout.write(_line(difference))
        if report.differences:
            raise CommandError(f"differences: {len(report.differences)}")


def _line(difference: Difference) -> str:
    """Return a difference as a sentence without names, and by which id the session is found."""
    sentence = difference_sentence(difference.what, difference.facts, {})
    session = difference.facts.get("session")
    return f"{sentence} [{session}]" if session else sentence
