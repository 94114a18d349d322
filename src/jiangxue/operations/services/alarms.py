"""Telling the three administrators that the ledger has raised an alarm. Clauses T8.2, M3."""

from datetime import datetime

from jiangxue.accounts.queries.recipients import administrators
from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.queries.state import alarms
from jiangxue.notices.queries import untold
from jiangxue.notices.services import tell


def tell_of_alarms(now: datetime) -> None:
    """Tell each administrator once of the newest alarm; whoever raises alarms has no other right than that, so this comes round for it."""
    newest = next(iter(alarms()), None)
    if newest is not None:
        about, params = ("alarm", newest.pk), {"raised_at": from_ms(newest.at_ms).isoformat()}
        tell(untold(administrators(), "ledger.alarm", about), kind="ledger.alarm", about=about, params=params, at=now)
