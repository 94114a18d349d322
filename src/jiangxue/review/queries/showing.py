"""Which courses are taken down, by whom and why, and who may change that. Clause M6."""

from collections.abc import Collection

from django.db.models import QuerySet

from jiangxue.courseware.queries.teaching import courses_in_force
from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.viewer import Viewer
from jiangxue.review.models import TakeDown
from jiangxue.review.queries import published
from jiangxue.review.rules.reviewers import may_put_back, may_take_down, reviews_all


def take_downs_of(course_id: int) -> QuerySet[TakeDown]:
    """Return the acts of taking a course down and putting it back, newest first."""
    return TakeDown.objects.filter(course_id=course_id).select_related("account").order_by("-at", "-pk")


def can_take_down(viewer: Viewer, version: Version) -> bool:
    """Say whether the viewer may take a published version's course down now."""
    institution = version.course.institution
    return version.is_taught and may_take_down(viewer, institution_id=institution.pk, region=institution.region_id)


def can_put_back(viewer: Viewer, version: Version) -> bool:
    """Say whether the viewer may put a version's course back now; what a newer version has replaced stays down."""
    if version.taken_down_at is None or version.state != State.PUBLISHED:
        return False
    last = take_downs_of(version.course_id).first()
    return last is not None and last.is_down and may_put_back(viewer, taken_down_by=last.account_id)


def to_put_back(viewer: Viewer) -> list[Version]:
    """Return the versions in whose place nothing is shown and which the viewer may put back, those longest down first."""
    if not reviews_all(viewer):
        return []
    down = list(published(viewer).exclude(taken_down_at=None).order_by("taken_down_at", "pk"))
    acts = downs_now({version.course_id for version in down})
    return [
        version
        for version in down
        if version.course_id in acts and may_put_back(viewer, taken_down_by=acts[version.course_id].account_id)
    ]


def down_now(course_id: int) -> TakeDown | None:
    """Return the act by which a course is taken down, unless it was put back or a newer version was published since."""
    return downs_now([course_id]).get(course_id)


def downs_now(course_ids: Collection[int]) -> dict[int, TakeDown]:
    """Return, by course, the acts by which those of some courses are taken down that are."""
    acts = TakeDown.objects.filter(course_id__in=course_ids).order_by("course_id", "-at", "-pk").distinct("course_id")
    down = {act.course_id: act for act in acts if act.is_down}
    shown = courses_in_force(down)
    return {course_id: act for course_id, act in down.items() if course_id not in shown}
