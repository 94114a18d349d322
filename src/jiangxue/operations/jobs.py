"""What operations do by themselves in the worker."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.operations.services.alarms import tell_of_alarms

blueprint = Blueprint()


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="operations.tell", lock="operations.tell", name="tell_of_alarms")
def tell_administrators(timestamp: int) -> None:
    """Tell administrators of alarms of the ledger (消息)."""
    tell_of_alarms(DatabaseClock().now())
