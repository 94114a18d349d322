"""What courseware does by itself. Files are converted by a worker of their own, on the queue `media`."""

from uuid import UUID

from procrastinate import Blueprint, JobContext, RetryStrategy
from procrastinate.jobs import Status

from jiangxue.courseware.queries.versions import waits_for_screening
from jiangxue.courseware.services.asking import COMPLETE, MEDIA_QUEUE
from jiangxue.courseware.services.completing import complete
from jiangxue.courseware.services.processing import process
from jiangxue.courseware.services.screening_versions import screen_version
from jiangxue.courseware.services.taking_over import take_over_silent
from jiangxue.courseware.services.tidying import remove_outdated as remove_outdated_folders
from jiangxue.courseware.services.tidying import tidy
from jiangxue.courseware.services.trying_again import drop_failed
from jiangxue.courseware.services.uploading import drop_unfinished
from jiangxue.djangokit.clock import DatabaseClock

blueprint = Blueprint()

EVERY_THIRTY_SECONDS = "* * * * * */30"
"""croniter's sixth field, the last one, is the second."""


@blueprint.task(queue=MEDIA_QUEUE, name="process_upload")
def process_upload(upload_id: str) -> None:
    """Make courseware of a file that has come whole (转换)."""
    process(UUID(upload_id), clock=DatabaseClock())


@blueprint.task(queue=MEDIA_QUEUE, name="complete_film", retry=RetryStrategy(max_attempts=3, wait=60))
def complete_film(upload_id: str) -> None:
    """Make a film in all sizes."""
    complete(UUID(upload_id))


@blueprint.task(name="screen_version", retry=RetryStrategy(max_attempts=5, wait=30))
def screen_words(version_id: int) -> None:
    """Look for sensitive words in a version that was handed in (敏感词筛查)."""
    if waits_for_screening(version_id):
        screen_version(version_id, now=DatabaseClock().now())


@blueprint.task(name="tidy_upload", retry=RetryStrategy(max_attempts=5, wait=60))
def tidy_upload(upload_id: str) -> None:
    """Remove the portions of a file that is ready or refused."""
    tidy(UUID(upload_id))


@blueprint.task(name="remove_outdated", retry=RetryStrategy(max_attempts=5, wait=600))
def remove_outdated(upload_id: str, names: list[str]) -> None:
    """Remove folders that another one has replaced."""
    remove_outdated_folders(UUID(upload_id), names)


@blueprint.periodic(cron=EVERY_THIRTY_SECONDS)
@blueprint.task(queueing_lock="courseware.take_over", name="take_over_silent_uploads")
def take_over_silent_uploads(timestamp: int) -> None:
    """Let another attempt begin where a worker gives no sign of life."""
    take_over_silent(clock=DatabaseClock())


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(queueing_lock="courseware.drop_unfinished", name="drop_unfinished_uploads")
def drop_unfinished_uploads(timestamp: int) -> None:
    """Forget files that did not come whole, or that nobody tried again, within seven days."""
    now = DatabaseClock().now()
    drop_unfinished(now)
    drop_failed(now)


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="courseware.resume", name="resume_abandoned_films", pass_context=True)
async def resume_abandoned_films(context: JobContext, timestamp: int) -> None:
    """Begin the completing of a film anew whose worker has ended in the middle; an upload's own attempts are taken over already."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(queue=MEDIA_QUEUE):
        if job.task_name == COMPLETE:
            await jobs.retry_job(job)
        else:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
