"""What reporting does by itself. Files of exports are made by a worker of their own, on the queue `exports`."""

from uuid import UUID

from procrastinate import Blueprint, JobContext
from procrastinate.jobs import Status

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.reporting.services.asking_for_exports import EXPORT_QUEUE
from jiangxue.reporting.services.keeping import keep_days, keep_standings
from jiangxue.reporting.services.keeping_attendance import keep_attendance
from jiangxue.reporting.services.making_exports import make_export as make_file
from jiangxue.reporting.services.tending_exports import forget_ended, let_lapse, remove_expired, take_over_lost

blueprint = Blueprint()


@blueprint.periodic(cron="*/5 * * * *")
@blueprint.task(queueing_lock="reporting.keep_figures", lock="reporting.keep_figures", name="keep_figures")
def keep_figures(timestamp: int) -> None:
    """Bring the figures of statistics up to date (统计截至)."""
    keep_standings(clock=DatabaseClock())
    keep_attendance(clock=DatabaseClock())
    keep_days(clock=DatabaseClock())


@blueprint.task(queue=EXPORT_QUEUE, name="make_export")
def make_export(export_id: str) -> None:
    """Make the file of an export (导出)."""
    make_file(UUID(export_id), clock=DatabaseClock())


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="reporting.tend_exports", name="tend_exports")
def tend_exports(timestamp: int) -> None:
    """Remove the files that are over their time, let requests lapse, and begin anew what no worker is at."""
    now = DatabaseClock().now()
    remove_expired(now)
    forget_ended(now)
    let_lapse(now)
    take_over_lost(now)


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="reporting.bury_stalled_exports", name="bury_stalled_exports", pass_context=True)
async def bury_stalled_exports(context: JobContext, timestamp: int) -> None:
    """Take the jobs of workers that have ended in the middle out of the queue; what they were at is then begun anew."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(queue=EXPORT_QUEUE):
        await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
