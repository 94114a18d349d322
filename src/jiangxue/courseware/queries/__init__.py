"""Reading courses.

What takes a viewer is for the pages of an institution's staff. The rest is for callers who know already that their learner may see
the course: that follows from the class it is taught in.
"""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jiangxue.courseware.errors import OutOfReach, QuestionRetired
from jiangxue.courseware.models import Course, CourseQuestion, Lesson, Media, Module, Upload
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.stretches import stretches_in
from jiangxue.courseware.storage import maker_of
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer

EDITORS = frozenset({Role.COURSE_EDITOR, Role.INSTITUTION_ADMINISTRATOR})
"""Who keeps the questions of an institution's courses; its other staff read them."""


def lessons_of(course_ids: list[int]) -> QuerySet[Lesson]:
    """Return the lessons of courses in the order of their outlines, as their editors have them now."""
    return (
        Lesson.objects.filter(module__course_id__in=course_ids)
        .select_related("module__course", "media")
        .order_by("module__course_id", "module__position", "position")
    )


def media_in(folder: str) -> Media | None:
    """Return the courseware that lies in a folder of the storage, or lay there until another folder took its place.

    A page that was opened before a film was made in all sizes goes on asking for keys by the old folder's address.
    """
    maker = maker_of(folder)
    within = Q(folder=folder) if maker is None else Q(folder=folder) | Q(upload=maker)
    return Media.objects.filter(within).first()


def lesson_of(media: Media) -> Lesson | None:
    """Return the lesson that teaches a piece of courseware, if it is or was in an outline."""
    return Lesson.objects.filter(media=media).first()


def previewed(viewer: Viewer, media: Media) -> int:
    """Return how many stretches or pages there are to see for those who may look at all of it, or raise `OutOfReach`.

    These are the staff of the institution whose courseware it is, its reviewers, those of the platform once it was handed in, and
    supervisors of the region once it was published.
    """
    if not _may_look(viewer, media):
        raise OutOfReach
    return media.pages if media.kind == LessonKind.DOCUMENT else stretches_in(media.length_ms)


def _may_look(viewer: Viewer, media: Media) -> bool:
    if viewer.role is Role.REVIEWER and viewer.organisation_id is None:
        handed_in = Q(taught__isnull=False)
        return Lesson.objects.filter(handed_in, media=media).exists() or _proves_licence(media)
    if viewer.role is Role.SUPERVISOR and viewer.region:
        published = Q(taught__version__published_at__isnull=False)
        there = Q(course__institution__region__code__startswith=viewer.region)
        return Lesson.objects.filter(published, there, media=media).exists()
    placed = Q(all_lessons__media=media) | Q(uploads__media=media)
    own = Course.objects.filter(placed, institution_id=viewer.organisation_id)
    return viewer.role in INSTITUTION_ROLES | {Role.REVIEWER} and own.exists()


def _proves_licence(media: Media) -> bool:
    return Upload.objects.filter(media=media, licences__course__versions__isnull=False).exists()


def questions_of(lesson_id: int, purpose: Purpose = Purpose.CHECK_IN) -> QuerySet[CourseQuestion]:
    """Return the questions of a lesson that its editors keep for one purpose, oldest first."""
    return CourseQuestion.objects.filter(lesson_id=lesson_id, purpose=purpose, retired_at=None).order_by("pk")


def courses(viewer: Viewer, *, named: str = "") -> QuerySet[Course]:
    """Return the courses of the viewer's institution, each with its `lessons`, its `questions` and the `lessons_asked` about."""
    if viewer.role not in INSTITUTION_ROLES or viewer.organisation_id is None:
        return Course.objects.none()
    in_use = Q(
        modules__lessons__questions__isnull=False,
        modules__lessons__questions__retired_at=None,
        modules__lessons__questions__purpose=Purpose.CHECK_IN,
    )
    return (
        Course.objects.filter(institution_id=viewer.organisation_id, title__icontains=named)
        .annotate(
            lessons=Count("modules__lessons", distinct=True),
            questions=Count("modules__lessons__questions", filter=in_use, distinct=True),
            lessons_asked=Count("modules__lessons", filter=in_use, distinct=True),
        )
        .order_by("title", "pk")
    )


def course_for(viewer: Viewer, course_id: int) -> Course:
    """Return one course that the viewer may see, or raise `OutOfReach`."""
    found = courses(viewer).filter(pk=course_id).first()
    if found is None:
        raise OutOfReach
    return found


def outline_for(viewer: Viewer, course_id: int) -> QuerySet[Lesson]:
    """Return the lessons of a course that the viewer may see, each with `in_use` and `in_test`, the numbers of its questions for either purpose."""
    return _counted(lessons_of([course_for(viewer, course_id).pk]))


def lesson_for(viewer: Viewer, lesson_id: int) -> Lesson:
    """Return one lesson of a course that the viewer may see, or raise `OutOfReach`."""
    if viewer.role not in INSTITUTION_ROLES or viewer.organisation_id is None:
        raise OutOfReach
    reach = Lesson.objects.filter(course__institution_id=viewer.organisation_id, module__isnull=False)
    found = reach.select_related("module", "course", "media").filter(pk=lesson_id).first()
    if found is None:
        raise OutOfReach
    return found


def question_for(viewer: Viewer, question_id: int) -> CourseQuestion:
    """Return one question in use that the viewer may see, or raise `OutOfReach`, or `QuestionRetired` when it was in use."""
    found = CourseQuestion.objects.select_related("lesson__course").filter(pk=question_id).first()
    if found is None:
        raise OutOfReach
    lesson_for(viewer, found.lesson_id)
    if found.retired_at is not None:
        raise QuestionRetired(found.lesson_id, found.purpose)
    return found


def may_edit(viewer: Viewer) -> bool:
    """Say whether the viewer keeps the questions of the courses they may see."""
    return viewer.role in EDITORS


def _counted(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    kept = Q(questions__isnull=False, questions__retired_at=None)
    return lessons.annotate(
        in_use=Count("questions", filter=kept & Q(questions__purpose=Purpose.CHECK_IN)),
        in_test=Count("questions", filter=kept & Q(questions__purpose=Purpose.TEST)),
    )


def uploads_reached(viewer: Viewer) -> QuerySet[Upload]:
    """Return the uploads of all courses that the viewer may see."""
    if viewer.role not in INSTITUTION_ROLES or viewer.organisation_id is None:
        return Upload.objects.none()
    return Upload.objects.filter(course__institution_id=viewer.organisation_id)


def uploads_of(viewer: Viewer, course_id: int, *, named: str = "") -> QuerySet[Upload]:
    """Return the uploads of a course that the viewer may see, newest first, each with its courseware and lesson; else `OutOfReach`."""
    course = course_for(viewer, course_id)
    found = (
        uploads_reached(viewer)
        .filter(course=course, name__icontains=named)
        .select_related("media__lesson__module", "author")
        .prefetch_related("licences")
    )
    return found.order_by("-created_at", "pk")


def upload_for(viewer: Viewer, upload_id: UUID) -> Upload:
    """Return one upload of a course that the viewer may see, or raise `OutOfReach`."""
    found = uploads_reached(viewer).select_related("course", "media__lesson__module", "author").filter(pk=upload_id)
    upload = found.first()
    if upload is None:
        raise OutOfReach
    return upload


def modules_of(viewer: Viewer, course_id: int) -> QuerySet[Module]:
    """Return the modules of a course that the viewer may see, in order."""
    return Module.objects.filter(course=course_for(viewer, course_id)).order_by("position")
