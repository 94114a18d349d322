"""What accounts do by themselves."""

from procrastinate import Blueprint

from jiangxue.accounts.services.codes import forget_codes
from jiangxue.accounts.services.limiting import forget_attempts
from jiangxue.djangokit.clock import DatabaseClock

blueprint = Blueprint()


@blueprint.periodic(cron="15 * * * *")
@blueprint.task(queueing_lock="accounts.forget_codes", name="forget_codes")
def forget_codes_and_attempts(timestamp: int) -> None:
    """Remove one-time codes (短信验证码) and counted attempts that have served."""
    now = DatabaseClock().now()
    forget_codes(now=now)
    forget_attempts(now=now)
