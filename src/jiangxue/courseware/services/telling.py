"""Telling editors what became of the files they sent and of the courses they handed in. Clauses C5, T1.4."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.queries.recipients import PLATFORM, holders_of
from jiangxue.courseware.models import CourseVersion, Upload
from jiangxue.courseware.queries import uploads_reached
from jiangxue.courseware.queries.versions import contributors_by_course
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.notices import services as notices
from jiangxue.notices.rules.fitness import Params

_OF_REVIEWS = ("course.submitted", "course.to_review")
_ENDS = {
    State.PUBLISHED: "course.published",
    State.RETURNED: "course.returned",
    State.REJECTED: "course.rejected",
}


@transaction.atomic
def tell(*, viewer: Viewer, now: datetime) -> Sequence[Upload]:
    """Return the viewer's own files that have ended and that they were not told of yet, and count them as told."""
    untold = uploads_reached(viewer).filter(author_id=viewer.account_id, finished_at__isnull=False, told_at=None)
    news = list(untold.select_for_update(skip_locked=True, of=("self",)).order_by("finished_at"))
    if news:
        Upload.objects.filter(pk__in=[each.pk for each in news]).update(told_at=now)
    return news


def tell_author(upload: Upload) -> None:
    """Tell who sent a file what became of it."""
    if upload.finished_at is not None:
        kind, params = f"upload.{upload.state}", {"file": upload.name[:120]}
        notices.tell([upload.author_id], kind=kind, about=("upload", upload.pk), params=params, at=upload.finished_at)


def tell_of_submission(version: CourseVersion, at: datetime) -> None:
    """Tell the reviewers of its institution that a course was handed in; whoever had a part in it reviews it not."""
    institution_id = version.course.institution_id
    own = holders_of(Role.REVIEWER, Role.INSTITUTION_ADMINISTRATOR, organisation_id=institution_id)
    _tell_reviewers(version, own, "course.submitted", at)


def tell_of_passed_review(version: CourseVersion, signed: Collection[int], at: datetime) -> None:
    """Tell the reviewers of the platform that a course waits for the next review, but those who have signed one."""
    notices.clear(_OF_REVIEWS, about=("course_version", version.pk), at=at)
    of_platform = holders_of(Role.REVIEWER, organisation_id=PLATFORM) - set(signed)
    _tell_reviewers(version, of_platform, "course.to_review", at)


def tell_of_end(version: CourseVersion, state: State, at: datetime) -> None:
    """Tell who handed a course in what the review came to; nothing waits for reviewers any more."""
    notices.clear(_OF_REVIEWS, about=("course_version", version.pk), at=at)
    kind = _ENDS.get(state)
    if kind is not None and version.author_id is not None:
        params: Params = {"course_title": version.title[:120], "course": version.course_id}
        notices.tell([version.author_id], kind=kind, about=("course_version", version.pk), params=params, at=at)


def _tell_reviewers(version: CourseVersion, reviewers: set[int], kind: str, at: datetime) -> None:
    others = reviewers - contributors_by_course([version.course_id])[version.course_id]
    params = {"course_title": version.title[:120]}
    notices.tell(others, kind=kind, about=("course_version", version.pk), params=params, at=at)
