"""What has become of each small course in the weeks before: together they stand at every step of the review."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.services.facts import change_facts
from jiangxue.project.demonstration.acting import Days, editor, reviewer
from jiangxue.project.demonstration.courses.bricklayer import BRICKLAYER
from jiangxue.project.demonstration.courses.carer import CARER
from jiangxue.project.demonstration.courses.dim_sum import DIM_SUM
from jiangxue.project.demonstration.courses.housekeeper import HOUSEKEEPER
from jiangxue.project.demonstration.courses.rider import RIDING
from jiangxue.project.demonstration.courses.shapes import SmallCourse
from jiangxue.project.demonstration.courses.welder import WELDER
from jiangxue.project.demonstration.documents.texts.home_cleaning import HOME_DISINFECTION
from jiangxue.project.demonstration.reviewing import Spot, Wish, ask_for_changes, hand_in, pass_review
from jiangxue.review.rules.opinions import Point
from jiangxue.review.services.taking_down import take_down


@dataclass(frozen=True, slots=True)
class Story:
    """A course, how many days ago it was begun, and how it came to where it stands."""

    course: SmallCourse
    begun: int
    carry: Callable[[Course, Days], object]


def _stays_a_draft(course: Course, days: Days) -> None:
    """Nobody has handed it in."""


def _waits_for_the_first(course: Course, days: Days) -> None:
    hand_in(course, now=days.ago(1, 16))


def _waits_for_the_second(course: Course, days: Days) -> None:
    version = hand_in(course, now=days.ago(6))
    pass_review(version, "ownreviewer", "授权书有效期和使用范围已核对。", now=days.ago(4, 15))


def _waits_for_the_final(course: Course, days: Days) -> None:
    version = hand_in(course, now=days.ago(10))
    pass_review(version, "ownreviewer", "配料和步骤已由实训老师核对。", now=days.ago(8, 10))
    pass_review(version, "reviewer", "食品安全要求写得清楚，同意进入终审。", now=days.ago(5, 14))


def _came_back(course: Course, days: Days) -> None:
    version = hand_in(course, now=days.ago(12))
    pass_review(version, "ownreviewer", "内容与大纲一致。", now=days.ago(10, 10))
    comment = (
        "两处标记的地方请补充，学员照着做才不会配错；入学条件只写“身体健康”，请写明年龄和健康证明。修改后重新送审。"
    )
    marks = {
        Spot(HOME_DISINFECTION.title, 1): "表 1 只写了稀释份数，没有写原液的有效氯含量；浓度不同的产品照此配制会出错。",
        Spot(HOME_DISINFECTION.title, 2): "第 4 步没有写作用时间。应写明擦拭后停留多久，再用清水擦去残留。",
    }
    ask_for_changes(version, "reviewer2", Wish(comment, Point.SAFETY, marks), now=days.ago(7, 15))
    _mend_entry_conditions(course, days)


def _mend_entry_conditions(course: Course, days: Days) -> None:
    """Let the editor have done the easiest first."""
    facts = content_of(Course.objects.get(pk=course.pk)).facts
    mended = "年满 18 周岁，身体健康，有有效的健康证明；对清洁剂、消毒剂没有严重过敏。"
    change_facts(
        viewer=editor(),
        course_id=course.pk,
        facts=replace(facts, entry_conditions=mended),
        by=PROGRAM,
        now=days.ago(2, 11),
    )


def _was_taken_down(course: Course, days: Days) -> None:
    version = hand_in(course, now=days.ago(25))
    pass_review(version, "ownreviewer", "已与站点安全员核对。", now=days.ago(23, 10))
    pass_review(version, "reviewer2", "同意进入终审。", now=days.ago(21, 14))
    pass_review(version, "reviewer", "同意发布。", now=days.ago(20, 10))
    reason = (
        "课件第 2 页表 1 引用的 GB 17761—2018 已由 GB 17761—2024 代替，整车质量等指标有变化，核对修改以前停止使用。"
    )
    take_down(viewer=reviewer("reviewer"), version_id=version.pk, reason=reason, by=PROGRAM, now=days.ago(3, 9, 30))


STORIES = (
    Story(BRICKLAYER, 2, _stays_a_draft),
    Story(CARER, 3, _waits_for_the_first),
    Story(WELDER, 8, _waits_for_the_second),
    Story(DIM_SUM, 12, _waits_for_the_final),
    Story(HOUSEKEEPER, 15, _came_back),
    Story(RIDING, 27, _was_taken_down),
)
