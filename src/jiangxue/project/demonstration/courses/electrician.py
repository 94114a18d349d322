"""The course that the classes of the demonstration learn by: what its papers say."""

from collections.abc import Mapping

from jiangxue.courseware.rules.content import (
    Basis,
    Facts,
    Fee,
    Hours,
    KnowledgePoint,
    Lecturer,
    Mode,
    Occupation,
    PlannedItem,
    PriorityGroup,
    ProjectType,
)
from jiangxue.occupations.rules.levels import Level
from jiangxue.project.demonstration.courses.shapes import OWN, USUAL_ASSESSMENT, Papers
from jiangxue.project.demonstration.media.course import COURSE

_GUARD = "安全防护与操作前准备"
_WORK = "低压线路与设备的安装、检修"
_SITE = "施工现场临时用电的检查"
_RESCUE = "触电急救与事故处置"

_KNOWLEDGE = {
    "current-and-voltage": (
        KnowledgePoint("电流对人体的危害，触电的三种形式", _GUARD),
        KnowledgePoint("安全电压的选用", _GUARD),
    ),
    "residual-current": (
        KnowledgePoint("漏电保护器的选用和试验", _GUARD),
        KnowledgePoint("跳闸以后的查找和处理", _WORK),
    ),
    "isolation": (
        KnowledgePoint("个人防护用品的检查和穿戴", _GUARD),
        KnowledgePoint("停电、验电、接地、挂牌、遮栏五个步骤", _WORK),
    ),
    "first-aid": (
        KnowledgePoint("使触电者脱离电源", _RESCUE),
        KnowledgePoint("心肺复苏的步骤和要领", _RESCUE),
    ),
    "low-voltage-apparatus": (
        KnowledgePoint("低压电器的图形、文字符号和铭牌", _WORK),
        KnowledgePoint("断路器、熔断器、热继电器的分工", _WORK),
    ),
    "work-ticket": (KnowledgePoint("工作票的填写、签发和许可", _GUARD),),
    "site-checklist": (
        KnowledgePoint("三级配电、两级保护", _SITE),
        KnowledgePoint("检查表的使用和整改", _SITE),
    ),
    "rain-and-ladder": (
        KnowledgePoint("雨天作业和搬运梯子的危险", _SITE),
        KnowledgePoint("发现有人触电时的第一步", _RESCUE),
    ),
}

_FACTS = Facts(
    title=COURSE.title,
    summary=f"{COURSE.summary}线上学规矩和原理，线下练停电作业和心肺复苏，考核合格才算学会。",
    occupation=Occupation("6-31-01-03", "电工", is_practical=True),
    level=Level.FIVE,
    project_type=ProjectType.ON_THE_JOB,
    basis=Basis("国家职业技能标准 电工", "GZB 6-31-01-03", "2018 年版"),
    target_group="准备从事或刚刚从事低压电气安装、检修的人员，新入职的物业、工厂和工地电工。",
    entry_conditions="年满 18 周岁，初中及以上文化程度；没有妨碍从事电工作业的疾病和色盲；能看懂简单的电路图。",
    goals=(
        "1. 说出电流对人体的危害，会选安全电压和漏电保护器；\n"
        "2. 按规程完成停电、验电、装设接地线、挂牌和装设遮栏；\n"
        "3. 会填写工作票，会用检查表查临时用电；\n"
        "4. 会使触电者脱离电源，会做心肺复苏。"
    ),
    methods="线上自学视频、音频和文档，随机打卡，课节测验；线下分组实操，每组不超过 6 人，一人操作，一人监护。",
    materials="本课程课件；《低压电工安全操作手册》（本机构编）。",
    hours=Hours(practice=1600),
    fee=Fee.FREE_FOR_GROUPS,
    free_for=(PriorityGroup.MIGRANT_WORKERS, PriorityGroup.UNEMPLOYED, PriorityGroup.LIFTED_OUT_OF_POVERTY),
    supplier=OWN,
)


def electrician(titles: Mapping[str, str]) -> Papers:
    """Return the papers of the course; `titles` are its lessons', by slug."""
    return Papers(
        facts=_FACTS,
        planned=(
            PlannedItem(Mode.PRACTICE, "工具、仪表和防护用品的检查使用", 300, "三号楼 201 电工实训室", _GUARD),
            PlannedItem(Mode.PRACTICE, "停电、验电、装设接地线、挂牌", 500, "三号楼 201 电工实训室", _WORK),
            PlannedItem(Mode.PRACTICE, "配电箱和开关箱的接线、检查", 400, "三号楼 203 电工实训室", _SITE),
            PlannedItem(Mode.PRACTICE, "心肺复苏和触电急救", 400, "三号楼 105 急救实训室", _RESCUE),
        ),
        assessment=USUAL_ASSESSMENT,
        lecturers=(
            Lecturer(0, "王建国", "电工高级技师，从事低压电工教学 16 年"),
            Lecturer(0, "刘慧珍", "注册安全工程师，红十字会救护培训师"),
        ),
        knowledge={titles[slug]: points for slug, points in _KNOWLEDGE.items() if slug in titles},
    )
