"""Telling people what they wait for: that a text which they agreed to was renewed. Clauses M2, C5."""

from datetime import datetime
from itertools import batched

from jiangxue.accounts.queries.consents import agreed_to_older
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.notices.queries import untold
from jiangxue.notices.services import tell

TOLD_AT_ONCE = 1000


def tell_of_renewed_consents(now: datetime) -> None:
    """Tell who agreed to an older text of a purpose, once for each version, that there is a newer one to read; called once a day."""
    for purpose, asked in PURPOSES.items():
        about = ("consent", f"{purpose}/{asked.version}")
        for account_ids in batched(agreed_to_older(purpose), TOLD_AT_ONCE):
            told = untold(account_ids, "consent.renewed", about)
            tell(told, kind="consent.renewed", about=about, params={"purpose": purpose.value}, at=now)
