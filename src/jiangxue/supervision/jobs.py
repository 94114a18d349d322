"""What supervision does by itself in the worker."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.supervision.services.cases_deciding import let_lapse
from jiangxue.supervision.services.telling_of_deadlines import tell_of_deadlines

blueprint = Blueprint()
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_MORNING = "15 0 * * *"
"""By Greenwich; a quarter past eight in Shanghai."""


@blueprint.periodic(cron=EVERY_TEN_MINUTES)
@blueprint.task(queueing_lock="supervision.let_lapse", lock="supervision.let_lapse", name="let_freezes_lapse")
def let_freezes_lapse(timestamp: int) -> None:
    """Recognise hours again that have been frozen as long as they may be (暂缓认定期满)."""
    let_lapse(clock=DatabaseClock())


@blueprint.periodic(cron=EVERY_MORNING)
@blueprint.task(queueing_lock="supervision.tell", lock="supervision.tell", name="tell_of_deadlines")
def tell_of_days(timestamp: int) -> None:
    """Tell whom a deadline of a case or an order is near or over (消息)."""
    tell_of_deadlines(DatabaseClock().now())
