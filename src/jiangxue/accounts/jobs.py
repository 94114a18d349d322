"""What accounts do by themselves."""

from procrastinate import Blueprint

from jiangxue.accounts.services.codes import forget_codes
from jiangxue.accounts.services.limiting import forget_attempts
from jiangxue.accounts.services.telling import tell_of_papers, tell_of_renewed_consents
from jiangxue.djangokit.clock import DatabaseClock

blueprint = Blueprint()


@blueprint.periodic(cron="15 * * * *")
@blueprint.task(queueing_lock="accounts.forget_codes", name="forget_codes")
def forget_codes_and_attempts(timestamp: int) -> None:
    """Remove one-time codes (短信验证码) and counted attempts that have served."""
    now = DatabaseClock().now()
    forget_codes(now=now)
    forget_attempts(now=now)


@blueprint.periodic(cron="0 0 * * *")
@blueprint.task(queueing_lock="accounts.tell", lock="accounts.tell", name="tell_of_consents")
def tell_of_consents(timestamp: int) -> None:
    """Tell who agreed to an older text that it was renewed, and of papers that run out (消息), in the morning by Shanghai's clock."""
    now = DatabaseClock().now()
    tell_of_renewed_consents(now)
    tell_of_papers(now)
