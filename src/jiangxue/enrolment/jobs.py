"""What enrolment does by itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from procrastinate import Blueprint, JobContext, RetryStrategy
from procrastinate.jobs import Status

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.enrolment.evidence import append_agreements, append_verifications, verify_waiting
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.services.background import OPEN, TAKE_IN
from jiangxue.enrolment.services.opening_runs import open_asked, take_over_lost
from jiangxue.enrolment.services.roster_files import forget_files
from jiangxue.enrolment.services.roster_terms import forget_rosters
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
    take_in(UUID(file_id), tell_archives=tell_archives, clock=DatabaseClock())


@blueprint.task(name="open_applied_class")
def open_applied_class(opening_id: int) -> None:
    """Open the class of an application with many people (开班)."""
    open_asked(opening_id, clock=DatabaseClock())


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="enrolment.tend_many_people", name="tend_many_people")
def tend_many_people(timestamp: int) -> None:
    """Begin anew the openings and rosters that no worker is at."""
    take_over_lost(DatabaseClock().now())


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="enrolment.bury_stalled", name="bury_stalled", pass_context=True)
async def bury_stalled(context: JobContext, timestamp: int) -> None:
    """Take the jobs of workers that have ended in the middle out of the queue; what they were at is then begun anew."""
    jobs = context.app.job_manager
    for task in (OPEN, TAKE_IN):
        for job in await jobs.get_stalled_jobs(task_name=task):
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(queueing_lock="enrolment.forget_rosters", name="forget_roster_files")
def forget_roster_files(timestamp: int) -> None:
    """Remove roster files that nobody confirmed within a day."""
    forget_files(now=DatabaseClock().now())


@blueprint.periodic(cron="50 3 * * *")
@blueprint.task(queueing_lock="enrolment.forget_old_rosters", name="forget_old_rosters")
def forget_old_rosters(timestamp: int) -> None:
    """Erase the rosters of applications of which nothing came (花名册), and warn of those that go soon."""
    forget_rosters(DatabaseClock().now())


def tell_archives(places: Sequence[Enrolment], now: datetime) -> None:
    """Append to the archives of new places what holds of their learners already."""
    append_agreements(places, now=now)
    append_verifications(places, now=now)
