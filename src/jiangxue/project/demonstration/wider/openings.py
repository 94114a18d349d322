"""Applications that were decided: one in each state beside those that wait and are written, and one of another region."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jiangxue.audit.services import Actor
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.models import ClassOpening
from jiangxue.enrolment.queries.openings import last_handed_in
from jiangxue.enrolment.services.openings import approve_opening, open_approved, return_opening, withdraw_opening
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.project.demonstration.acting import Days, acting
from jiangxue.project.demonstration.openings import Applied, hand_in, start
from jiangxue.project.demonstration.seed import demonstration_course
from jiangxue.project.demonstration.wider.courses import CARE, course_of

RETURNED, APPROVED, OPENED, WITHDRAWN, ELSEWHERE = (
    "低压电工安全培训 · 春季一班",
    "低压电工安全培训 · 春季二班",
    "低压电工安全培训 · 春季三班",
    "低压电工安全培训 · 春季四班",
    "家政服务员保洁 · 岭南四班",
)
_WHY_BACK = "培训资源没有写明实操每组几人、由谁带教。请补充，修改后重新提交。"
_WHY_NOT = "报名人数不足，并入春季三班。"
_SURNAMES = ("乐", "盘", "丘", "成", "敖", "伍", "容", "温")
_GROUPS = (PriorityGroup.MIGRANT_WORKERS, None, PriorityGroup.UNEMPLOYED, PriorityGroup.GRADUATES)


@transaction.atomic
def seed_decided_openings(*, days: Days) -> None:
    """Make the applications, once."""
    if ClassOpening.objects.filter(name=RETURNED).exists():
        return
    officer = acting("supervisor", Role.SUPERVISOR)
    _give_back(hand_in(_applied(RETURNED, 25, 611, "国强"), now=days.ago(4)), officer, days.ago(2, 15))
    _approve(hand_in(_applied(APPROVED, 40, 621, "永安"), now=days.ago(6)), officer, "118", days.ago(1, 11))
    opened = _applied(OPENED, 5, 631, "丽华")
    opening = hand_in(opened, now=days.ago(9))
    _approve(opening, officer, "107", days.ago(7, 10))
    open_approved(viewer=opened.viewer, opening_id=opening.pk, by=opened.by, now=days.ago(6, 16))
    given_up = _applied(WITHDRAWN, 55, 641, "文华")
    opening = start(given_up, now=days.ago(8))
    withdraw_opening(viewer=given_up.viewer, opening_id=opening.pk, words=_WHY_NOT, by=given_up.by, now=days.ago(5))
    hand_in(_of_the_centre(), now=days.ago(5, 10))  # while its licence still held


def _applied(name: str, begins_in: int, first_serial: int, given: str) -> Applied:
    course = demonstration_course()
    return Applied(name, course, begins_in=begins_in, first_serial=first_serial, roster=_roster(given))


def _of_the_centre() -> Applied:
    return Applied(
        ELSEWHERE,
        course_of(CARE),
        administrator="lingnan",
        head_teacher="lingnan.head",
        teachers=(),
        begins_in=19,
        room="家政样板间",
        resources="家政样板间两套；清洁工具人手一套；教材人手一册",
        examiners="区伟业、招玉贞",
        first_serial=651,
        roster=_roster("秋菊"),
    )


def _roster(given: str) -> Sequence[tuple[str, PriorityGroup | None]]:
    return [(surname + given, _GROUPS[number % len(_GROUPS)]) for number, surname in enumerate(_SURNAMES)]


def _give_back(opening: ClassOpening, officer: Viewer, now: datetime) -> None:
    return_opening(
        viewer=officer, opening_id=opening.pk, seen_sha256=_seen(opening), words=_WHY_BACK, by=_by(officer), now=now
    )


def _approve(opening: ClassOpening, officer: Viewer, number: str, now: datetime) -> None:
    approve_opening(
        viewer=officer,
        opening_id=opening.pk,
        seen_sha256=_seen(opening),
        approval_no=f"穗人社培〔{now.year}〕{number} 号",
        words="",
        by=_by(officer),
        now=now,
    )


def _seen(opening: ClassOpening) -> str:
    handed_in = last_handed_in(opening.pk)
    assert handed_in is not None
    return handed_in.sha256


def _by(officer: Viewer) -> Actor:
    return Actor(officer.account_id, Role.SUPERVISOR)
