"""A complete course as one value: 低压电工安全, 8 学时 online and 4 of practice, with everything that its papers need."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from jiangxue.courseware.rules.content import (
    AssessmentPart,
    Basis,
    CourseContent,
    Facts,
    Hours,
    KnowledgePoint,
    Lecturer,
    LessonQuestion,
    Licence,
    Mode,
    Occupation,
    PlannedItem,
    ProjectType,
    Purpose,
    TaughtLesson,
    TaughtModule,
)
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.occupations.rules.levels import Level

MINUTE_MS = 60_000
TODAY = date(2026, 11, 24)
LEVELS = frozenset({Level.FIVE, Level.FOUR, Level.THREE, Level.TWO, Level.ONE})
"""The levels of the occupation of the complete course."""

_GUARD, _WORK, _RESCUE = "安全防护与操作前准备", "低压线路与设备的安装、检修", "触电急救与电气火灾处置"


def complete_content(**changes: Any) -> CourseContent:
    """Return a course in which nothing is missing, with other values in the place of some of its own."""
    content = CourseContent(
        facts=complete_facts(),
        modules=_modules(),
        planned=(
            PlannedItem(Mode.PRACTICE, "停电、验电、装设接地线", 200, "三号楼电工实训室", _WORK),
            PlannedItem(Mode.PRACTICE, "心肺复苏与触电急救", 200, "三号楼急救实训室", _RESCUE),
        ),
        assessment=(
            AssessmentPart("课节测验", "线上答题，每节 60 分合格", 20),
            AssessmentPart("理论考试", "线上闭卷，人脸核验，100 分制，60 分合格", 40),
            AssessmentPart("实操考核", "现场操作，两名考评员评分，60 分合格", 40),
        ),
        lecturers=(
            Lecturer(11, "王建国", "电工高级技师，从事低压电工教学 16 年"),
            Lecturer(12, "李秀英", "注册安全工程师，红十字会急救培训师"),
        ),
        licences=(
            Licence(
                "《低压电工安全》系列课件使用授权书", "广东安培教育科技有限公司", date(2028, 6, 30), _hash("proof")
            ),
        ),
    )
    return replace(content, **changes)


def complete_facts(**changes: Any) -> Facts:
    """Return the facts of the complete course, with other values in the place of some of its own."""
    facts = Facts(
        title="低压电工安全",
        summary="面向从事低压电气安装、检修工作的人员，讲清怎样防触电、怎样按步骤停电验电、出了事怎样救人。学完能独立完成停电、验电、接地和触电急救。",
        occupation=Occupation("6-31-01-03", "电工", is_practical=True),
        level=Level.FOUR,
        project_type=ProjectType.ON_THE_JOB,
        basis=Basis("国家职业技能标准 电工", "GZB 6-31-01-03", "2018 年版"),
        target_group="在岗低压电工、设备维护人员",
        entry_conditions="年满 18 周岁，取得五级电工证书后从事本职业工作 1 年以上；无妨碍从事电工作业的疾病。",
        goals="1. 说出电流对人体的危害和安全电压等级；\n2. 按规程完成停电、验电、装设接地线；\n3. 会做心肺复苏，会处置电气火灾。",
        methods="线上视频、音频与文档自学，随机打卡；线下分组实操，每组不超过 6 人。",
        materials="《电工（中级）》（中国劳动社会保障出版社）；本机构编《低压电工安全操作手册》。",
        hours=Hours(online=800, practice=400),
        supplier="广东安培教育科技有限公司",
        is_imported=True,
    )
    return replace(facts, **changes)


def lesson_of(
    ref: int, title: str, minutes: int, kind: LessonKind = LessonKind.VIDEO, *, work: str = _GUARD, **changes: Any
) -> TaughtLesson:
    """Return a lesson with knowledge points and questions; a document has three pages a minute."""
    lesson = TaughtLesson(
        ref=ref,
        title=title,
        kind=kind,
        length_ms=0 if kind is LessonKind.DOCUMENT else minutes * MINUTE_MS,
        pages=3 * minutes if kind is LessonKind.DOCUMENT else 0,
        source_sha256=_hash(f"lesson {ref}"),
        knowledge=(KnowledgePoint(f"{title}的要点", work), KnowledgePoint(f"{title}的常见错误", work)),
        questions=(
            question_of(10 * ref, Purpose.CHECK_IN),
            *(question_of(10 * ref + n, Purpose.TEST) for n in (1, 2, 3)),
        ),
    )
    return replace(lesson, **changes)


def question_of(ref: int, purpose: Purpose) -> LessonQuestion:
    """Return a question of a lesson."""
    return LessonQuestion(ref, purpose, "停电检修前，第一步做什么？", ("断开电源", "直接验电", "挂警示牌"), 0)


def _modules() -> tuple[TaughtModule, ...]:
    return (
        TaughtModule(
            "第一章 认识触电",
            (
                lesson_of(1, "电流对人体的危害", 45),
                lesson_of(2, "安全电压与安全距离", 50),
                lesson_of(3, "绝缘用具的检查", 20, LessonKind.DOCUMENT),
            ),
        ),
        TaughtModule(
            "第二章 安全操作",
            (
                lesson_of(4, "停电、验电、接地", 60, work=_WORK),
                lesson_of(5, "低压线路检修", 55, work=_WORK),
                lesson_of(6, "事故案例讲述", 40, LessonKind.AUDIO, work=_WORK),
            ),
        ),
        TaughtModule(
            "第三章 急救与灭火",
            (
                lesson_of(7, "触电急救", 50, work=_RESCUE),
                lesson_of(8, "电气火灾的扑救", 35, work=_RESCUE),
                lesson_of(9, "应急处置流程图", 10, LessonKind.DOCUMENT, work=_RESCUE),
            ),
        ),
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
