"""What learning does by itself."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.learning.services.ending import end_overdue

blueprint = Blueprint()


@blueprint.periodic(cron="*/10 * * * * *")
@blueprint.task(queueing_lock="learning.end_overdue", name="end_overdue_sessions")
def end_overdue_sessions(timestamp: int) -> None:
    """End sessions that should have ended by themselves (自动签退)."""
    end_overdue(clock=DatabaseClock())
