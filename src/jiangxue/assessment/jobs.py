"""What assessment does by itself."""

from procrastinate import Blueprint

from jiangxue.assessment.services import end_lapsed
from jiangxue.djangokit.clock import DatabaseClock

blueprint = Blueprint()


@blueprint.periodic(cron="*/5 * * * *")
@blueprint.task(queueing_lock="assessment.end_lapsed", name="end_lapsed_attempts")
def end_lapsed_attempts(timestamp: int) -> None:
    """End attempts at tests whose time is up."""
    end_lapsed(clock=DatabaseClock())
