"""What supervision does by itself in the worker."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.supervision.services.cases_deciding import let_lapse

blueprint = Blueprint()
EVERY_TEN_MINUTES = "*/10 * * * *"


@blueprint.periodic(cron=EVERY_TEN_MINUTES)
@blueprint.task(queueing_lock="supervision.let_lapse", lock="supervision.let_lapse", name="let_freezes_lapse")
def let_freezes_lapse(timestamp: int) -> None:
    """Recognise hours again that have been frozen as long as they may be (暂缓认定期满)."""
    let_lapse(clock=DatabaseClock())
