"""What enrolment does by itself."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.enrolment.evidence import verify_waiting

blueprint = Blueprint()


@blueprint.periodic(cron="* * * * *")
@blueprint.task(
    queueing_lock="enrolment.verify_identities", lock="enrolment.verify_identities", name="verify_identities"
)
def verify_identities(timestamp: int) -> None:
    """Ask the source of identities about learners of whom it has not answered yet (实名认证)."""
    verify_waiting(clock=DatabaseClock())
