"""What the ledger does by itself in the worker; sealing and signing have processes of their own."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.ledger.services.posting import post
from jiangxue.ledger.services.witnessing import ask_all

blueprint = Blueprint()

EVERY_TWENTY_SECONDS = "* * * * * */20"
"""croniter's sixth field, the last one, is the second."""


@blueprint.periodic(cron=EVERY_TWENTY_SECONDS)
@blueprint.task(queueing_lock="ledger.ask_witnesses", lock="ledger.ask_witnesses", name="ask_witnesses")
def ask_witnesses(timestamp: int) -> None:
    """Ask the witnesses that have an address to countersign the newest checkpoint (见证签名)."""
    ask_all(post, now=DatabaseClock().now())
