"""The course that waits for its first review; a word in its summary has been found, and nobody has said yet what is to become of it."""

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
from jiangxue.project.demonstration.documents.texts.turning import TURNING

_CARE = "体位转移与压疮预防"

CARER = SmallCourse(
    Papers(
        facts=Facts(
            title="养老护理员：卧床老人照护",
            summary="面向养老机构和居家的护理员：学会给卧床老人翻身，看得出压疮的苗头，会填翻身记录。有疑问可以加★微★信向老师咨询。",
            occupation=Occupation("4-10-01-05", "养老护理员", is_practical=True),
            level=Level.FIVE,
            project_type=ProjectType.ON_THE_JOB,
            basis=Basis("国家职业技能标准 养老护理员", "GZB 4-10-01-05", "2019 年版"),
            target_group="养老机构在岗护理员，准备从事居家照护的人员。",
            entry_conditions="年满 18 周岁，身体健康，有健康证明，愿意照顾老人。",
            goals="1. 说出容易受压的部位和压疮最早的信号；\n2. 会一个人、两个人帮老人翻身；\n3. 会安排翻身时间，会填记录卡。",
            methods="线上自学课件，直播答疑，线下两人一组用模拟人练习。",
            materials="本课程课件；翻身记录卡（样张）。",
            hours=Hours(live=400, practice=2000),
            fee=Fee.FREE_FOR_GROUPS,
            free_for=(PriorityGroup.UNEMPLOYED, PriorityGroup.HARD_TO_EMPLOY),
            supplier=OWN,
        ),
        planned=(
            PlannedItem(Mode.LIVE, "常见的体位和皮肤观察，答疑", 400, "", _CARE),
            PlannedItem(Mode.PRACTICE, "一人、两人翻身，30° 侧卧", 1200, "养老实训室 A", _CARE),
            PlannedItem(Mode.PRACTICE, "防压床垫、软枕的使用和记录", 800, "养老实训室 A", _CARE),
        ),
        assessment=USUAL_ASSESSMENT,
        lecturers=(
            Lecturer(0, "罗秀芳", "主管护师，老年护理 20 年"),
            Lecturer(0, "谭启文", "养老护理员技师"),
        ),
        knowledge={
            TURNING.title: (
                KnowledgePoint("容易受压的部位，压疮最早的信号", _CARE),
                KnowledgePoint("翻身的步骤和间隔", _CARE),
            )
        },
    ),
    module_title="翻身和皮肤",
    documents=((TURNING, FileKind.PDF),),
    questions={
        TURNING.title: (
            QuestionDraft("卧床老人一般多久翻一次身？", ("两小时", "半天", "一天"), 0),
            QuestionDraft(
                "皮肤发红，压三秒松开红色不退，应当怎么做？", ("用力按摩", "不再压这里，报告护士", "垫橡胶气圈"), 1
            ),
        )
    },
)
