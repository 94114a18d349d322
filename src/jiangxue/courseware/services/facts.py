"""What the papers of a course say: its facts, plan, assessment scheme, teachers and licences. Clauses C2, C6, M7."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.errors import NotReady, OutOfReach
from jiangxue.courseware.models import Course, CourseAssessment, CourseLecturer, CourseLicence, CoursePlanned, Upload
from jiangxue.courseware.queries import may_edit
from jiangxue.courseware.rules.content import AssessmentPart, Facts, Lecturer, PlannedItem
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.services.editing import editable
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class LicenceDraft:
    """A licence as it was entered; `proof_id` is the file of the course that proves it."""

    title: str
    holder: str
    valid_until: date | None
    proof_id: UUID | None


@transaction.atomic
def begin_course(*, viewer: Viewer, title: str, by: Actor, now: datetime) -> Course:
    """Begin a course of the viewer's institution, or raise `OutOfReach`."""
    if not may_edit(viewer) or viewer.organisation_id is None:
        raise OutOfReach
    course = Course.objects.create(institution_id=viewer.organisation_id, title=title)
    editable(viewer, course.pk, now)
    audit.record("course.begun", by=by, at=now, about=("course", course.pk))
    return course


@transaction.atomic
def change_facts(*, viewer: Viewer, course_id: int, facts: Facts, by: Actor, now: datetime) -> Course:
    """Keep what the papers are to say, or raise `OutOfReach` or `UnderReview`."""
    course = editable(viewer, course_id, now)
    course.title, course.summary = facts.title, facts.summary
    course.occupation_id = facts.occupation.code if facts.occupation else None
    course.level, course.special_ability = facts.level or "", facts.special_ability
    course.project_type = facts.project_type or ""
    course.basis_name, course.basis_code = facts.basis.name, facts.basis.number
    course.basis_edition = facts.basis.edition
    course.target_group, course.entry_conditions = facts.target_group, facts.entry_conditions
    course.goals, course.methods, course.materials = facts.goals, facts.methods, facts.materials
    course.online_hours, course.live_hours = facts.hours.online, facts.hours.live
    course.practice_hours = facts.hours.practice
    course.fee, course.free_for = facts.fee, list(facts.free_for)
    course.supplier, course.is_imported = facts.supplier, facts.is_imported
    course.save()
    audit.record("course.changed", by=by, at=now, about=("course", course.pk))
    return course


@transaction.atomic
def put_plan(*, viewer: Viewer, course_id: int, items: Sequence[PlannedItem], by: Actor, now: datetime) -> None:
    """Let these be the live and practice items of a course, in this order."""
    course = editable(viewer, course_id, now)
    course.planned.all().delete()
    CoursePlanned.objects.bulk_create(
        CoursePlanned(
            course=course,
            position=position,
            mode=item.mode,
            title=item.title,
            hours=item.hours,
            place=item.place,
            work_content=item.work_content,
        )
        for position, item in enumerate(items, 1)
    )
    audit.record("course.planned", by=by, at=now, about=("course", course.pk))


@transaction.atomic
def put_assessment(
    *, viewer: Viewer, course_id: int, parts: Sequence[AssessmentPart], by: Actor, now: datetime
) -> None:
    """Let this be the assessment scheme of a course."""
    course = editable(viewer, course_id, now)
    course.assessment.all().delete()
    CourseAssessment.objects.bulk_create(
        CourseAssessment(course=course, position=position, name=part.name, method=part.method, weight=part.weight)
        for position, part in enumerate(parts, 1)
    )
    audit.record("course.assessment_put", by=by, at=now, about=("course", course.pk))


@transaction.atomic
def put_lecturers(*, viewer: Viewer, course_id: int, lecturers: Sequence[Lecturer], by: Actor, now: datetime) -> None:
    """Let these be the teachers of a course, in this order.

    One with a known `ref` and the same name stays the same; everybody else is new, and who is not named has left: what learners think
    of a teacher stays with the person.
    """
    course = editable(viewer, course_id, now)
    known = {each.pk: each for each in course.lecturers.filter(left_at=None)}
    for position, lecturer in enumerate(lecturers, 1):
        row = known.get(lecturer.ref)
        if row is None or row.name != lecturer.name:
            row = CourseLecturer(course=course)
        known.pop(row.pk, None)
        row.position, row.name, row.qualification = position, lecturer.name, lecturer.qualification
        row.save()
    CourseLecturer.objects.filter(pk__in=known).update(left_at=now)
    audit.record("course.lecturers_put", by=by, at=now, about=("course", course.pk))


@transaction.atomic
def put_licences(*, viewer: Viewer, course_id: int, licences: Sequence[LicenceDraft], by: Actor, now: datetime) -> None:
    """Let these be the licences of a course; `NotReady` for a proof that is no converted document of the course."""
    course = editable(viewer, course_id, now)
    proofs = _proofs(course, licences)
    course.licences.all().delete()
    CourseLicence.objects.bulk_create(
        CourseLicence(
            course=course,
            position=position,
            title=each.title,
            holder=each.holder,
            valid_until=each.valid_until,
            proof=proofs[each.proof_id] if each.proof_id else None,
        )
        for position, each in enumerate(licences, 1)
    )
    audit.record("course.licences_put", by=by, at=now, about=("course", course.pk))


def _proofs(course: Course, licences: Sequence[LicenceDraft]) -> dict[UUID, Upload]:
    wanted = {each.proof_id for each in licences if each.proof_id is not None}
    found = course.uploads.filter(pk__in=wanted, media__kind=LessonKind.DOCUMENT).in_bulk()
    if set(found) != wanted:
        raise NotReady
    return found
