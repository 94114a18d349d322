"""Putting courseware that is ready into the outline of its course. Clause T1.1."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.errors import NotReady, OutlineFull, OutOfReach, PlacedAlready
from jiangxue.courseware.models import Course, Lesson, Module
from jiangxue.courseware.queries import upload_for
from jiangxue.courseware.services.editing import editable
from jiangxue.courseware.services.outline import put_in
from jiangxue.kernel.viewer import Viewer

_LAST_POSITION = 32_767


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a lesson goes and what it is called: at the end of a module, or of a new one of this title."""

    title: str
    module_id: int | None = None
    new_module: str = ""


@transaction.atomic
def place_lesson(*, viewer: Viewer, upload_id: UUID, placement: Placement, by: Actor, now: datetime) -> Lesson:
    """Make a lesson of a ready upload, or raise `OutOfReach`, `NotReady`, `PlacedAlready` or `OutlineFull`."""
    upload = upload_for(viewer, upload_id)
    course = editable(viewer, upload.course_id, now)
    if upload.media is None:
        raise NotReady
    if Lesson.objects.filter(media=upload.media, module__isnull=False).exists():
        raise PlacedAlready
    module = _module(course, placement)
    lesson = put_in(upload.media.pk, course, title=placement.title)
    lesson.module, lesson.position = module, _next(module.lessons.aggregate(last=Max("position"))["last"])
    lesson.save()
    audit.record("upload.placed", by=by, at=now, about=("upload", upload.pk))
    return lesson


def _module(course: Course, placement: Placement) -> Module:
    if placement.module_id is None:
        position = _next(course.modules.aggregate(last=Max("position"))["last"])
        return Module.objects.create(course=course, position=position, title=placement.new_module)
    found = course.modules.filter(pk=placement.module_id).first()
    if found is None:
        raise OutOfReach
    return found


def _next(last: int | None) -> int:
    position = (last or 0) + 1
    if position > _LAST_POSITION:
        raise OutlineFull
    return position
