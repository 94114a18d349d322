"""What the archive does by itself in the worker."""

from procrastinate import Blueprint

from jiangxue.accounts.services.erasing import forget_old_addresses
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.telling import tell_of_classes_over, tell_of_retention
from jiangxue.djangokit.clock import DatabaseClock

blueprint = Blueprint()
EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "30 3 * * *"
EVERY_MORNING = "10 0 * * *"
"""By Greenwich; ten past eight in Shanghai."""


@blueprint.periodic(cron=EVERY_MINUTE)
@blueprint.task(queueing_lock="archive.erase", lock="archive.erase", name="erase_archives")
def erase_archives(timestamp: int) -> None:
    """Go on with the retention runs (保存期限清理) that two administrators have confirmed."""
    go_on_erasing(clock=DatabaseClock())


@blueprint.periodic(cron=EVERY_MORNING)
@blueprint.task(queueing_lock="archive.tell", lock="archive.tell", name="tell_of_archives")
def tell_of_archives(timestamp: int) -> None:
    """Tell of classes to settle and of archives that are over their term (消息)."""
    now = DatabaseClock().now()
    tell_of_classes_over(now)
    tell_of_retention(now)


@blueprint.periodic(cron=EVERY_NIGHT)
@blueprint.task(queueing_lock="archive.forget_addresses", lock="archive.forget_addresses", name="forget_addresses")
def forget_addresses(timestamp: int) -> None:
    """Remove network addresses of erased accounts from the audit (操作记录) once their half year is over."""
    forget_old_addresses()
