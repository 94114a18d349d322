"""A course that is fit for review, its people, and what is sent to the pages of its editors."""

from collections.abc import Mapping, Sequence

from django.test import Client

from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role
from tests.factories import people
from tests.factories.courses import Desk
from tests.portals.clients import client_of

READERS = sorted(INSTITUTION_ROLES - {Role.COURSE_EDITOR, Role.INSTITUTION_ADMINISTRATOR})
FACTS = {"title": "低压电工安全", "fee": "paid"}


def course_url(at: Desk, rest: str = "") -> str:
    return f"/institution/courses/{at.course.pk}/{rest}"


def lesson_url(at: Desk, place: int = 0, rest: str = "") -> str:
    return f"/institution/lessons/{at.lessons[place].pk}/{rest}"


def teacher_of(at: Desk, now, role: Role = Role.TEACHER) -> Client:
    return client_of(people.account((role, at.institution.pk), now=now, name="何老师"))


def rows(*sent: Mapping[str, object], shown: int | None = None) -> dict[str, object]:
    """Return rows as their form sends them."""
    typed = {f"row-{place}-{name}": value for place, row in enumerate(sent) for name, value in row.items()}
    return {"rows": len(sent) if shown is None else shown, **typed}


def titles(at: Desk) -> Sequence[Sequence[str]]:
    """Return what the outline holds, module by module."""
    modules = at.course.modules.order_by("position")
    return [list(each.lessons.order_by("position").values_list("draft_title", flat=True)) for each in modules]
