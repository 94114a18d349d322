"""The courses of the second institution and of the enterprise, published as real ones are."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction

from jiangxue.audit.services import Actor
from jiangxue.courseware.models import Course
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from jiangxue.policies.rules.drafts import Draft
from jiangxue.policies.rules.reach import Reach
from jiangxue.policies.services import set_time_policy
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.acting import Days, acting, edited_by, editor
from jiangxue.project.demonstration.courses.dim_sum import DIM_SUM
from jiangxue.project.demonstration.courses.housekeeper import HOUSEKEEPER
from jiangxue.project.demonstration.courses.shapes import SmallCourse
from jiangxue.project.demonstration.reviewing import hand_in, pass_review
from jiangxue.project.demonstration.small_courses import Send, make_course
from jiangxue.project.demonstration.wider.questions import with_tests

PAGE_MS = 240_000
"""Four minutes for a page by the institutions' own rule, so that short documents come to hours that charts can show."""
_WHY = "课件篇幅短、要求会做，每页至少学 4 分钟"


@dataclass(frozen=True, slots=True)
class Taught:
    """A course, who edits it, who reviews it first, and who administers the institution."""

    course: SmallCourse
    editor: str
    reviewer: str
    administrator: str


def _of(course: SmallCourse, *, title: str, supplier: str) -> SmallCourse:
    facts = replace(course.papers.facts, title=title, supplier=supplier)
    papers = replace(course.papers, facts=facts)
    return replace(course, papers=papers, permission=None, questions=with_tests(course.questions))


CARE = Taught(
    _of(HOUSEKEEPER, title="家政服务员：日常保洁与消毒", supplier=people.CENTRE_NAME),
    "lingnan.editor",
    "lingnan.reviewer",
    "lingnan",
)
PASTRY = Taught(
    _of(DIM_SUM, title="面点岗前培训：虾饺", supplier=people.ENTERPRISE_NAME),
    "zhujiang.editor",
    "zhujiang.reviewer",
    "zhujiang",
)


def seed_courses(send_document: Send, *, days: Days, report: Callable[[str], object]) -> None:
    """Let both be published, each once."""
    for taught in (CARE, PASTRY):
        with edited_by(taught.editor):
            title = taught.course.title
            if not Course.objects.filter(institution=editor().organisation_id, title=title).exists():
                _publish(taught, send_document, days)
                report(f"  course made: {title}")


@transaction.atomic
def _publish(taught: Taught, send_document: Send, days: Days) -> None:
    _set_page_time(taught.administrator, days)
    version = hand_in(make_course(taught.course, send_document, days.ago(29)), now=days.ago(28))
    pass_review(version, taught.reviewer, "内容与岗位要求一致。", now=days.ago(28, 14))
    pass_review(version, "reviewer", "同意进入终审。", now=days.ago(27, 10))
    pass_review(version, "reviewer2", "同意发布。", now=days.ago(27, 15))


def _set_page_time(login_name: str, days: Days) -> None:
    viewer = acting(login_name, Role.INSTITUTION_ADMINISTRATOR)
    institution = Organisation.objects.get(pk=viewer.organisation_id or 0)
    reach = Reach(institution.region_id, institution.pk)
    by = Actor(viewer.account_id, viewer.role)
    set_time_policy(viewer, reach, Draft({"page_ms": PAGE_MS}, _WHY), by=by, now=days.opened)


def course_of(taught: Taught) -> Course:
    """Return the course that was made."""
    with edited_by(taught.editor):
        return Course.objects.get(institution=editor().organisation_id, title=taught.course.title)
