"""What reporting does by itself."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.reporting.services.keeping import keep_days, keep_standings

blueprint = Blueprint()


@blueprint.periodic(cron="*/5 * * * *")
@blueprint.task(queueing_lock="reporting.keep_figures", name="keep_figures")
def keep_figures(timestamp: int) -> None:
    """Bring the figures of statistics up to date (统计截至)."""
    keep_standings(clock=DatabaseClock())
    keep_days(clock=DatabaseClock())
