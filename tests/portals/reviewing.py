"""What reviewers send, and the pages they are shown then."""

import re

from django.test import Client

from jiangxue.courseware.models import CourseVersion
from jiangxue.review.models import Review
from jiangxue.review.rules.opinions import Point
from tests.factories import people
from tests.portals.clients import text_of

PASSED = {f"point_{point}": "fine" for point in Point} | {"verdict": "pass"}


def url_of(version: CourseVersion, rest: str = "") -> str:
    return f"/review/versions/{version.pk}/{rest}"


def hidden(page: str) -> dict[str, str]:
    """Return the hash and the step that a page for signing sends back."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name in ("sha256", "step")}


def sign(client: Client, version: CourseVersion, status: int = 302, **said: str) -> str:
    """Sign, and return the page that is shown then."""
    for lesson in version.lessons.all():
        client.get(url_of(version, f"lessons/{lesson.lesson_id}/"))
    step = min(3, Review.objects.filter(version=version).count() + 1)
    data = PASSED | {"sha256": version.sha256, "step": str(step), "password": people.PASSWORD} | said
    answer = client.post(url_of(version, "sign/"), data)
    assert answer.status_code == status, answer.content.decode()
    return text_of(client, answer["Location"]) if status == 302 else answer.content.decode()
