"""Who teaches a class that is open: another head teacher, other teachers. Clause C3."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.queries.members import staff_of
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.enrolment.errors import ClassOver, NotInClass, NotOnStaff
from jiangxue.enrolment.models import ClassTeacher, TrainingClass
from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Teachers:
    """Who leads a class, and who teaches it beside."""

    head_teacher_id: int
    teacher_ids: Collection[int] = ()


@transaction.atomic
def change_teachers(*, viewer: Viewer, class_id: int, teachers: Teachers, by: Actor, now: datetime) -> TrainingClass:
    """Let others lead and teach a class from now on, for an administrator of its institution.

    Raises `NotInClass`, `ClassOver` for a closed one, and `NotOnStaff` where somebody does not hold the role that this needs.
    """
    if viewer.role is not Role.INSTITUTION_ADMINISTRATOR:
        raise NotInClass
    training_class = TrainingClass.objects.select_for_update().get(pk=class_for(viewer, class_id).pk)
    if training_class.closed_at is not None:
        raise ClassOver
    leading = staff_of(training_class.institution_id, [Role.HEAD_TEACHER])
    teaching = set(staff_of(training_class.institution_id).values_list("pk", flat=True))
    if not leading.filter(pk=teachers.head_teacher_id).exists() or not teaching.issuperset(teachers.teacher_ids):
        raise NotOnStaff
    training_class.head_teacher_id = teachers.head_teacher_id
    training_class.save(update_fields=["head_teacher"])
    beside = set(teachers.teacher_ids) - {teachers.head_teacher_id}
    training_class.teachers.exclude(teacher__in=beside).delete()
    there = set(training_class.teachers.values_list("teacher_id", flat=True))
    ClassTeacher.objects.bulk_create(
        ClassTeacher(training_class=training_class, teacher_id=pk) for pk in sorted(beside - there)
    )
    audit.record("class.teachers_changed", by=by, at=now, about=("class", class_id))
    return training_class
