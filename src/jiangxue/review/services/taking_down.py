"""Taking a published course down at once (紧急下架), and putting it back. Clause M6."""

from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.queries.versions import Version, version_in_review
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.versions import append_evidence, end_review, locked_version, show_again, show_no_more
from jiangxue.kernel.viewer import Viewer
from jiangxue.review.errors import NotTakenDown, NotTheirsToTakeDown, TakenDownAlready, WithoutReason
from jiangxue.review.models import TakeDown
from jiangxue.review.queries import version_for
from jiangxue.review.queries.showing import can_put_back, take_downs_of
from jiangxue.review.rules.reviewers import may_take_down


@transaction.atomic
def take_down(*, viewer: Viewer, version_id: int, reason: str, by: Actor, now: datetime) -> TakeDown:
    """Let nothing of a course be shown or learned any more, in no version, or raise a `ReviewRefusal`.

    Openings, keys and pages are refused from now on; sessions that run are ended by `learning` within seconds.
    """
    version = _locked(viewer, version_id, reason)
    institution = version.course.institution
    if not may_take_down(viewer, institution_id=institution.pk, region=institution.region_id):
        raise NotTheirsToTakeDown
    if version.state != State.PUBLISHED or version.taken_down_at is not None:
        raise TakenDownAlready
    show_no_more(course_id=version.course_id, now=now)
    _end_reviews(version.course_id, now)
    return _written(viewer, version, reason, by, now, is_down=True)


@transaction.atomic
def put_back(  # noqa: PLR0913  (who, what, what it was taken down for, why, whence, when)
    *, viewer: Viewer, version_id: int, act_id: int, reason: str, by: Actor, now: datetime
) -> TakeDown:
    """Let a course be shown again that was taken down, by somebody else than who took it down, or raise a `ReviewRefusal`.

    `act_id` is the taking down that the viewer has looked at: a later one, for another reason, is not undone by it.
    """
    version = _locked(viewer, version_id, reason)
    if version.taken_down_at is None:
        raise NotTakenDown
    if not can_put_back(viewer, version):
        raise NotTheirsToTakeDown
    if take_downs_of(version.course_id).values_list("pk", flat=True).first() != act_id:
        raise NotTakenDown
    show_again(course_id=version.course_id, taken_down_at=version.taken_down_at)
    return _written(viewer, version, reason, by, now, is_down=False)


def _end_reviews(course_id: int, now: datetime) -> None:
    """Let a review that goes on begin anew: those who have signed did not know what the course would be taken down for."""
    under_review = version_in_review(course_id)
    if under_review is not None:
        end_review(version_id=under_review.pk, state=State.WITHDRAWN, now=now)


def _locked(viewer: Viewer, version_id: int, reason: str) -> Version:
    version_for(viewer, version_id)
    if not any(map(str.isalnum, reason)):
        raise WithoutReason
    return locked_version(version_id)


def _written(  # noqa: PLR0913
    viewer: Viewer, version: Version, reason: str, by: Actor, now: datetime, *, is_down: bool
) -> TakeDown:
    act = TakeDown.objects.create(
        course_id=version.course_id,
        is_down=is_down,
        reason=reason.strip(),
        account_id=viewer.account_id,
        role=viewer.role,
        at=now,
    )
    what = "taken_down" if is_down else "put_back"
    append_evidence(version, f"course.{what}", {"reason": act.reason, "by": viewer.account_id, "role": act.role}, now)
    audit.record(f"course.{what}", by=by, at=now, about=("course", version.course_id))
    return act
