"""Make the witness that `make serve` starts known, or say where it answers now."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.ledger.services.keeping_witnesses import move_witness, put_witness


class Command(BaseCommand):
    """Keep address and key of the demonstration's witness."""

    help = "Make the witness of the demonstration known. Only under JIANGXUE_DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the verifier key."""
        parser.add_argument("address")
        parser.add_argument("verifier_key")

    def handle(self, *, address: str, verifier_key: str, **options: object) -> None:
        """Add or move the witness."""
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration's witness is only for where JIANGXUE_DEMO=1 is set.")
        if not move_witness(verifier_key, address):
            put_witness("演示见证方（本机）", verifier_key, address, now=DatabaseClock().now())
