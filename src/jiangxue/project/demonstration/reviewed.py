"""Lets the demonstration's course be published."""

from datetime import datetime

from jiangxue.courseware.models import Course
from jiangxue.courseware.services.versions import freeze, publish


def seed_review(course: Course, *, now: datetime) -> None:
    """Let the course have a published version, once."""
    if not course.versions.exists():
        publish(version_id=freeze(course_id=course.pk, author_id=None, now=now).pk, now=now)
