"""Reports of judging classes again, for those who may ask for one. Clauses T1.3, T7, C5."""

from datetime import datetime, timedelta

from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Recomputation

ASKERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})
PATIENCE = timedelta(minutes=30)
"""A report that is not finished after this long has lost its worker, and another one may be asked for."""


def require_asker(viewer: Viewer, class_id: int) -> None:
    """Raise `NotInClass` unless the viewer may have this class judged again."""
    if viewer.role not in ASKERS:
        raise NotInClass
    class_for(viewer, class_id)


def last_recomputation(viewer: Viewer, class_id: int) -> Recomputation | None:
    """Return the newest report of a class, finished or not, or raise `NotInClass`."""
    require_asker(viewer, class_id)
    return Recomputation.objects.filter(training_class=class_id).order_by("-asked_at", "-pk").first()


def is_running(report: Recomputation, now: datetime) -> bool:
    """Say whether a report may still be finished."""
    return report.finished_at is None and now - report.asked_at < PATIENCE
