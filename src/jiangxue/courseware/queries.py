"""Reading courses. Who may see one follows from the class it is taught in, so callers come with a course they may see."""

from django.db.models import QuerySet

from jiangxue.courseware.models import Lesson


def lessons_of(course_ids: list[int]) -> QuerySet[Lesson]:
    """Return the lessons of courses in the order of their outlines."""
    return (
        Lesson.objects.filter(module__course_id__in=course_ids)
        .select_related("module__course", "media")
        .order_by("module__course_id", "module__position", "position")
    )


def lesson_in_course(course_id: int, lesson_id: int) -> Lesson | None:
    """Return a lesson if it belongs to the course."""
    return lessons_of([course_id]).filter(pk=lesson_id).first()
