"""Print the accounts of the demonstration."""

from django.core.management.base import BaseCommand

from jiangxue.project.demonstration.accounts_table import accounts_table


class Command(BaseCommand):
    """Print the accounts of the demonstration."""

    help = "Print the accounts of the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        """Print the table."""
        self.stdout.write(accounts_table())
