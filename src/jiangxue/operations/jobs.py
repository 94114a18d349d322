"""What operations do by themselves in the worker."""

from procrastinate import Blueprint, JobContext
from procrastinate.jobs import Status

from jiangxue.audit.errors import StillWriting
from jiangxue.audit.rules.days import due_for_check
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel.clock import learning_day
from jiangxue.operations.queries.audit_days import sealed_days
from jiangxue.operations.services.alarms import tell_of_alarms
from jiangxue.operations.services.audit_days import CHECK, check_days, seal_days

blueprint = Blueprint()


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="operations.tell", lock="operations.tell", name="tell_of_alarms")
def tell_administrators(timestamp: int) -> None:
    """Tell administrators of alarms of the ledger (消息)."""
    tell_of_alarms(DatabaseClock().now())


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(queueing_lock="operations.seal_audit_days", lock="operations.audit_days", name="seal_audit_days")
def seal_audit_days(timestamp: int) -> None:
    """Enter the days of the audit (审计日) that are over into the ledger, and after that compute those again whose turn it is."""
    clock = DatabaseClock()
    try:
        sealed = seal_days(clock=clock)
    except StillWriting:
        return  # the next round comes in ten minutes
    if sealed:
        check_days(clock=clock, only=due_for_check(sealed_days(), learning_day(clock.now())))


@blueprint.task(queueing_lock=CHECK, lock="operations.audit_days", name="check_audit_days")
def check_audit_days() -> None:
    """Compute all days of the audit again (审计日核对), because somebody has asked."""
    check_days(clock=DatabaseClock())


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="operations.free_locks", name="free_locks", pass_context=True)
async def free_locks(context: JobContext, timestamp: int) -> None:
    """Take the jobs of workers that have ended in the middle out of the queue, if they hold a lock: else nobody would ever do that work again.

    What they were at is done by the job that comes next; what holds no lock keeps nobody waiting.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(queue="default"):
        if job.lock is not None:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
