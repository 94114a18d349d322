"""The course that was published, and then taken down because a standard it tells of has been replaced."""

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
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.occupations.rules.levels import Level
from jiangxue.project.demonstration.courses.shapes import OWN, USUAL_ASSESSMENT, Papers, SmallCourse
from jiangxue.project.demonstration.documents.texts.rider import RIDER

_ROAD = "安全配送"

RIDING = SmallCourse(
    Papers(
        facts=Facts(
            title="网约配送员：道路安全",
            summary="面向网约配送员：出车以前三分钟检查，路上守规矩，充电不出事，出了事故会处理。",
            occupation=Occupation("4-02-07-10", "网约配送员", is_practical=True),
            level=Level.FIVE,
            project_type=ProjectType.ON_THE_JOB,
            basis=Basis("国家职业技能标准 网约配送员", "GZB 4-02-07-10", "2021 年版"),
            target_group="在岗和准备从事网约配送的人员。",
            entry_conditions="年满 18 周岁，会骑电动自行车，没有妨碍安全骑行的疾病。",
            goals="1. 会做出车检查；\n2. 说得出非机动车的通行规定；\n3. 会处理事故，会保存证据。",
            methods="线上自学课件，线下在训练场练习制动、避让。",
            materials="本课程课件。",
            hours=Hours(practice=1600),
            fee=Fee.FREE_FOR_GROUPS,
            free_for=(PriorityGroup.MIGRANT_WORKERS, PriorityGroup.GRADUATES, PriorityGroup.VETERANS),
            supplier=OWN,
        ),
        planned=(
            PlannedItem(Mode.PRACTICE, "出车检查、制动和避让", 1000, "北门骑行训练场", _ROAD),
            PlannedItem(Mode.PRACTICE, "事故处置和急救演练", 600, "北门骑行训练场", _ROAD),
        ),
        assessment=USUAL_ASSESSMENT,
        lecturers=(
            Lecturer(0, "莫家荣", "网约配送员高级工，站点安全员"),
            Lecturer(0, "曾雅文", "交通安全宣传员"),
        ),
        knowledge={
            RIDER.title: (KnowledgePoint("出车检查", _ROAD), KnowledgePoint("非机动车的通行规定", _ROAD)),
        },
    ),
    module_title="安全骑行",
    documents=((RIDER, FileKind.PDF),),
    questions={
        RIDER.title: (
            QuestionDraft("在非机动车道内，最高时速是多少？", ("15 km", "30 km", "45 km"), 0),
            QuestionDraft("要看手机改路线，应当怎么办？", ("单手骑行", "边骑边看", "先靠边停稳"), 2),
        )
    },
)
