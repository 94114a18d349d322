"""What messages do by themselves."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.notices.services import forget

blueprint = Blueprint()


@blueprint.periodic(cron="35 3 * * *")
@blueprint.task(queueing_lock="notices.forget", name="forget_notices")
def forget_notices(timestamp: int) -> None:
    """Remove messages (消息) that are older than 180 days."""
    forget(now=DatabaseClock().now())
