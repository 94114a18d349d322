"""What the archive does by itself in the worker."""

from procrastinate import Blueprint

from jiangxue.accounts.services.erasing import forget_old_addresses
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.djangokit.clock import DatabaseClock

blueprint = Blueprint()
EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "30 3 * * *"


@blueprint.periodic(cron=EVERY_MINUTE)
@blueprint.task(queueing_lock="archive.erase", lock="archive.erase", name="erase_archives")
def erase_archives(timestamp: int) -> None:
    """Go on with the retention runs (保存期限清理) that two administrators have confirmed."""
    go_on_erasing(clock=DatabaseClock())


@blueprint.periodic(cron=EVERY_NIGHT)
@blueprint.task(queueing_lock="archive.forget_addresses", lock="archive.forget_addresses", name="forget_addresses")
def forget_addresses(timestamp: int) -> None:
    """Remove network addresses of erased accounts from the audit (操作记录) once their half year is over."""
    forget_old_addresses()
