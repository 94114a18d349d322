"""Let people look into a database that was restored and not admitted."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from jiangxue.audit import services as audit
from jiangxue.kernel.clock import MachineClock
from jiangxue.operations.backups import target
from jiangxue.operations.backups.judging import Outcome


class Command(BaseCommand):
    """Opens it to the application alone: nothing more is heard, sealed or signed in it, and `/readyz` goes on saying 503."""

    help = "Let the application, and nobody else, into a database that was restored and not admitted, to look. See docs/backup.md."

    def handle(self, *args: object, **options: object) -> None:
        """Open it, and enter that in the audit."""
        why = target.why_shut()
        if why not in {Outcome.OLDER, Outcome.OTHER, Outcome.DAMAGED}:
            raise CommandError(_("This database was not restored, or its restore did not finish."))
        with transaction.atomic():
            audit.record("database.opened_for_reading", by=audit.PROGRAM, at=MachineClock().now())
        target.open_for_reading()
        connection.close()
        self.stdout.write(
            _("The application may connect. Beats, sealer and signer stay outside, and /readyz says 503.")
        )
