"""What classes are taught by: lessons, captions and questions as their version has them.

For callers who know already that their learner may see the version: that follows from the class it is taught in.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from jiangxue.courseware.models import CourseQuestion, CourseVersion, Lesson, VersionLesson
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.versions import State

Taught = VersionLesson
"""What the domains above call a lesson as a version has it."""


def taught_in(version_ids: Collection[int]) -> QuerySet[VersionLesson]:
    """Return the lessons of versions in the order of their outlines."""
    return (
        VersionLesson.objects.filter(version_id__in=version_ids)
        .select_related("lesson__media")
        .order_by("version_id", "module_position", "position")
    )


def taught_lesson(version_id: int, lesson_id: int) -> VersionLesson | None:
    """Return a lesson as a version has it, if it does."""
    return taught_in([version_id]).filter(lesson_id=lesson_id).first()


def lessons_by_id(lesson_ids: Collection[int]) -> dict[int, Lesson]:
    """Return lessons by id, also those that no version in force has any more."""
    return Lesson.objects.in_bulk(lesson_ids)


def versions_teaching(lesson_id: int) -> QuerySet[CourseVersion]:
    """Return the versions by which a lesson may be learned now."""
    published = CourseVersion.objects.filter(state__in=(State.PUBLISHED, State.REPLACED), taken_down_at=None)
    return published.filter(lessons__lesson_id=lesson_id)


def taken_down() -> QuerySet[CourseVersion]:
    """Return the versions that may not be shown for the present."""
    return CourseVersion.objects.exclude(taken_down_at=None)


def version_in_force(course_id: int) -> CourseVersion | None:
    """Return the version of a course that new classes are taught by, if one is published and may be shown."""
    return CourseVersion.objects.filter(course_id=course_id, state=State.PUBLISHED, taken_down_at=None).first()


def courses_in_force(course_ids: Collection[int]) -> frozenset[int]:
    """Return those of some courses which have a version in force."""
    shown = CourseVersion.objects.filter(course_id__in=course_ids, state=State.PUBLISHED, taken_down_at=None)
    return frozenset(shown.values_list("course_id", flat=True))


def questions_asked(version_id: int, lesson_id: int, purpose: Purpose) -> QuerySet[CourseQuestion]:
    """Return the questions that a version has about a lesson for one purpose, oldest first.

    A question of check-ins that was retired since is asked no more, because a wrong answer costs nothing. The test of a lesson stays as
    it was reviewed: hours are recognised by it.
    """
    found = VersionLesson.objects.filter(version_id=version_id, lesson_id=lesson_id)
    ids = found.values_list("question_ids", flat=True).first() or []
    return _in_use(CourseQuestion.objects.filter(pk__in=ids), purpose).order_by("pk")


def test_questions_of(version_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Return `{(version, lesson): questions}` of the tests of lessons, as `questions_asked` has them; lessons without are left out."""
    rows = VersionLesson.objects.filter(version_id__in=version_ids, test_questions__gt=0)
    counted = rows.values_list("version_id", "lesson_id", "test_questions")
    return {(version_id, lesson_id): questions for version_id, lesson_id, questions in counted}


def _in_use(questions: QuerySet[CourseQuestion], purpose: Purpose) -> QuerySet[CourseQuestion]:
    found = questions.filter(purpose=purpose)
    return found if purpose is Purpose.TEST else found.filter(retired_at=None)


def questions_kept(question_ids: Collection[int]) -> dict[int, CourseQuestion]:
    """Return questions by id as they were asked, those retired since as well."""
    return CourseQuestion.objects.in_bulk(question_ids)
