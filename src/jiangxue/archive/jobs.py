"""What the archive does by itself in the worker."""

from procrastinate import Blueprint

from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.djangokit.clock import DatabaseClock

blueprint = Blueprint()
EVERY_MINUTE = "* * * * *"


@blueprint.periodic(cron=EVERY_MINUTE)
@blueprint.task(queueing_lock="archive.erase", lock="archive.erase", name="erase_archives")
def erase_archives(timestamp: int) -> None:
    """Go on with the retention runs (保存期限清理) that two administrators have confirmed."""
    go_on_erasing(clock=DatabaseClock())
