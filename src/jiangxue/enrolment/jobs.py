"""What enrolment does by itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from procrastinate import Blueprint, RetryStrategy

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.enrolment.evidence import append_agreements, append_verifications, verify_waiting
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services.roster_files import forget_files
from jiangxue.enrolment.services.taking_in import take_in

blueprint = Blueprint()


@blueprint.periodic(cron="* * * * *")
@blueprint.task(
    queueing_lock="enrolment.verify_identities", lock="enrolment.verify_identities", name="verify_identities"
)
def verify_identities(timestamp: int) -> None:
    """Ask the source of identities about learners of whom it has not answered yet (实名认证)."""
    verify_waiting(clock=DatabaseClock())


@blueprint.task(name="take_in_roster", retry=RetryStrategy(max_attempts=5, wait=30))
def take_in_roster(file_id: str) -> None:
    """Make learners of the people on a confirmed roster (名册导入)."""
    take_in(UUID(file_id), tell=tell_archives, clock=DatabaseClock())


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(queueing_lock="enrolment.forget_rosters", name="forget_roster_files")
def forget_roster_files(timestamp: int) -> None:
    """Remove roster files that nobody confirmed within a day."""
    forget_files(now=DatabaseClock().now())


def tell_archives(places: Sequence[Enrolment], now: datetime) -> None:
    """Append to the archives of new places what holds of their learners already."""
    append_agreements(places, now=now)
    append_verifications(places, now=now)
