"""Freezing a course as a version, and what becomes of it. Clauses T1.4, M6."""

from datetime import datetime
from typing import Any

from django.db import transaction

from jiangxue.courseware.errors import VersionEnded
from jiangxue.courseware.models import Course, CourseVersion, Lesson, VersionLesson
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.catalogue import catalogued
from jiangxue.courseware.rules.content import CourseContent, Purpose
from jiangxue.courseware.rules.versions import ENDED, FOLLOWS, State, review_due_on
from jiangxue.courseware.services.captioning import name_captions
from jiangxue.courseware.services.telling import tell_of_end
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import learning_day
from jiangxue.ledger import services as ledger


@transaction.atomic
def freeze(*, course_id: int, author_id: int | None, now: datetime) -> CourseVersion:
    """Make a version of a course as it stands, to be reviewed."""
    course = Course.objects.select_for_update().get(pk=course_id)
    for lesson in Lesson.objects.filter(course=course, module__isnull=False).select_related("media"):
        name_captions(lesson.media)
    content = content_of(course)
    version = CourseVersion.objects.create(
        course=course,
        serial=course.versions.count() + 1,
        title=content.facts.title,
        content=content.to_values(),
        sha256=content.sha256,
        **catalogued(content.facts),
        author_id=author_id,
        submitted_at=now,
        state=State.IN_REVIEW,
    )
    _keep_outline(version, content)
    append_evidence(version, "version.submitted", {"author": author_id}, now)
    return version


@transaction.atomic
def publish(*, version_id: int, now: datetime) -> CourseVersion:
    """Let new classes be taught by a version in review; the one before stays with the classes that began with it."""
    version = _followed(version_id, State.PUBLISHED)
    before = CourseVersion.objects.select_for_update().filter(course=version.course_id, state=State.PUBLISHED).first()
    if before is not None:
        _put(before, State.REPLACED, now)
    version.published_at, version.review_due_on = now, review_due_on(learning_day(now))
    _put(version, State.PUBLISHED, now)
    for taught in version.lessons.all():
        Lesson.objects.filter(pk=taught.lesson_id).update(title=taught.title)
    append_evidence(version, "version.published", {}, now)
    tell_of_end(version, State.PUBLISHED, now)
    return version


@transaction.atomic
def end_review(*, version_id: int, state: State, now: datetime) -> CourseVersion:
    """Let a version in review come to nothing: withdrawn, returned or rejected."""
    version = _followed(version_id, state)
    _put(version, state, now)
    append_evidence(version, f"version.{state}", {}, now)
    tell_of_end(version, state, now)
    return version


def show_no_more(*, course_id: int, now: datetime) -> None:
    """Let nothing of a course be shown, in no version."""
    shown = CourseVersion.objects.filter(course=course_id, taken_down_at=None).exclude(published_at=None)
    shown.update(taken_down_at=now)


def show_again(*, course_id: int, taken_down_at: datetime) -> None:
    """Let those versions of a course be shown again which were taken down together at a moment; what went down before stays down."""
    CourseVersion.objects.filter(course=course_id, taken_down_at=taken_down_at).update(taken_down_at=None)


def append_evidence(version: CourseVersion, kind: str, payload: dict[str, Value], at: datetime) -> None:
    """Append what became of a version to its course's archive, which is opened with its first version."""
    course = version.course
    if course.aid is None:
        course.aid = ledger.open_archive()
        course.save(update_fields=["aid"])
    known: dict[str, Value] = {
        "course": course.pk,
        "version": version.pk,
        "serial": version.serial,
        "sha256": version.sha256,
    }
    ledger.append(course.aid, kind, {**known, **payload}, at=at)


def locked_version(version_id: int) -> CourseVersion:
    """Return a version with its row, after its course's, locked until the transaction ends."""
    course_id = CourseVersion.objects.values_list("course_id", flat=True).get(pk=version_id)
    Course.objects.select_for_update().get(pk=course_id)
    return CourseVersion.objects.select_for_update(of=("self",)).select_related("course").get(pk=version_id)


def _followed(version_id: int, state: State) -> CourseVersion:
    version = locked_version(version_id)
    if state not in FOLLOWS[State(version.state)]:
        raise VersionEnded
    return version


def _put(version: CourseVersion, state: State, now: datetime) -> None:
    version.state = state
    version.ended_at = now if state in ENDED else None
    version.save(update_fields=["state", "ended_at", "published_at", "review_due_on"])


def _keep_outline(version: CourseVersion, content: CourseContent) -> None:
    captions = dict(Lesson.objects.filter(course=version.course_id).values_list("pk", "media__captions"))
    rows: list[dict[str, Any]] = [
        {
            "lesson_id": lesson.ref,
            "module_position": module_position,
            "module_title": module.title,
            "position": position,
            "title": lesson.title,
            "captions": captions[lesson.ref],
            "question_ids": [question.ref for question in lesson.questions],
            "test_questions": len(lesson.asked(Purpose.TEST)),
        }
        for module_position, module in enumerate(content.modules, 1)
        for position, lesson in enumerate(module.lessons, 1)
    ]
    VersionLesson.objects.bulk_create(VersionLesson(version=version, **row) for row in rows)
