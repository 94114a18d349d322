"""Compute the days of the audit again and hold them against the ledger (审计日核对)."""

from django.core.management.base import BaseCommand, CommandError

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.operations.queries.audit_days import compare, sealed_days


class Command(BaseCommand):
    """Hold every day of the audit against the ledger; changes nothing. Exit status 1 when one differs."""

    help = "Compute all days of the audit again and compare them with the ledger. Changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        """Print how many days agree, or which differ and in what."""
        days = sealed_days()
        findings = compare(days, DatabaseClock().now())
        for each in findings:
            self.stdout.write(f"{each.day} {each.difference}: sealed {each.sealed}, found {each.found}")
        if findings:
            raise CommandError(f"{len(findings)} findings in {len(days)} days")
        self.stdout.write(f"一致: {len(days)} days, {sum(each.entries for each in days)} entries")
