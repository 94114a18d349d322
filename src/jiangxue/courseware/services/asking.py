"""What is asked of the workers, in the transaction that makes it needed. The tasks are in `courseware.jobs`."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jiangxue.courseware.rules.uploads import KEPT_OUTDATED
from jiangxue.courseware.storage import folders_in, made_of

MEDIA_QUEUE = "media"
"""The queue of the worker that converts files: one at a time, apart from what must not wait."""

PROCESS = "courseware:process_upload"
COMPLETE = "courseware:complete_film"
SCREEN = "courseware:screen_version"
TIDY = "courseware:tidy_upload"
REMOVE_OUTDATED = "courseware:remove_outdated"


def ask_for_screening(version_id: int) -> None:
    """Let the words of a version be looked through."""
    app.configure_task(SCREEN).defer(version_id=version_id)


def ask_for_work(upload_id: UUID) -> None:
    """Put an upload in the queue of the worker, unless it stands there."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        task = app.configure_task(PROCESS, queue=MEDIA_QUEUE, queueing_lock=f"courseware.process/{upload_id}")
        task.defer(upload_id=str(upload_id))


def ask_for_all_sizes(upload_id: UUID) -> None:
    """Let a film be made in all sizes, behind the files that wait for their first."""
    app.configure_task(COMPLETE, queue=MEDIA_QUEUE, priority=-1).defer(upload_id=str(upload_id))


def ask_for_tidying(upload_id: UUID, kept: str = "") -> None:
    """Let the portions go at once, and the folders that are outdated by now in a day; `kept` is the one that is shown."""
    app.configure_task(TIDY).defer(upload_id=str(upload_id))
    ask_for_removal(upload_id, kept)


def ask_for_removal(upload_id: UUID, kept: str) -> None:
    """Let the folders that are outdated by now be removed in a day, when no address into them holds any more.

    They are named now: one that takes the place of `kept` later, or is just being filled, is none of this removal's.
    """
    made = made_of(upload_id)
    task = app.configure_task(REMOVE_OUTDATED, schedule_in={"seconds": int(KEPT_OUTDATED.total_seconds())})
    task.defer(upload_id=str(upload_id), names=[name for name in folders_in(made) if f"{made}/{name}" != kept])
