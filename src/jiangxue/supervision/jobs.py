"""What supervision does by itself in the worker."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.supervision.services.cases_deciding import let_lapse
from jiangxue.supervision.services.looking import count_worth_a_look
from jiangxue.supervision.services.telling_of_deadlines import tell_of_deadlines

blueprint = Blueprint()
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_HOUR = "25 * * * *"
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


@blueprint.periodic(cron=EVERY_HOUR)
@blueprint.task(queueing_lock="supervision.count", lock="supervision.count", name="count_worth_a_look")
def count_what_is_worth_a_look(timestamp: int) -> None:
    """Count what is worth a look (异常线索) in the classes that run, for the overviews of regions."""
    count_worth_a_look(clock=DatabaseClock())
