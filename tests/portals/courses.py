"""A course that is fit for review, its people, and what is sent to the pages of its editors."""

from collections.abc import Mapping, Sequence

from django.test import Client

from jiangxue.courseware.models import Course
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.content import CourseContent
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


def section_url(at: Desk, name: str) -> str:
    return course_url(at, f"edit/{name}/")


def kept(at: Desk) -> CourseContent:
    return content_of(Course.objects.get(pk=at.course.pk))


SECTIONS = ("facts", "plan", "assessment", "lecturers", "licences")
SENT: dict[str, dict[str, object]] = {
    "facts": {**FACTS, "summary": "新的简介", "goals": "会停电 & 会急救"},
    "plan": {"online_hours": "2.5", **rows({"mode": "live", "title": "答疑 & 讨论", "hours": "1"})},
    "assessment": rows({"name": "理论 & 实操", "method": "闭卷", "weight": "100"}),
    "lecturers": rows({"ref": "", "name": "赵 & 明", "qualification": "技师"}),
    "licences": {"is_imported": "on", "supplier": "甲 & 乙", **rows({"title": "授权书", "holder": "出版社"})},
}
