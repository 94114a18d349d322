"""The course that waits for its second review; a part of it is others' work, which may be used."""

from jiangxue.courseware.rules.content import (
    Basis,
    Facts,
    Hours,
    KnowledgePoint,
    Lecturer,
    Mode,
    Occupation,
    PlannedItem,
    ProjectType,
)
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.occupations.rules.levels import Level
from jiangxue.project.demonstration.courses.shapes import USUAL_ASSESSMENT, Papers, Permission, SmallCourse
from jiangxue.project.demonstration.documents.texts.welding_fire import WELDING_FIRE

_HOLDER = "珠江焊接技术服务有限公司（虚构）"
_SAFE = "焊前准备与安全防护"

WELDER = SmallCourse(
    Papers(
        facts=Facts(
            title="焊工：防火与个人防护",
            summary="面向初学电焊的人员：动火以前查什么，焊的时候怎样保护自己，收工以后怎样不留火种。",
            occupation=Occupation("6-18-02-04", "焊工", is_practical=True),
            level=Level.FIVE,
            project_type=ProjectType.SKILL_LEVEL,
            basis=Basis("国家职业技能标准 焊工", "GZB 6-18-02-04", "2018 年版"),
            target_group="准备考焊工（五级）的人员，工地和工厂的新焊工。",
            entry_conditions="年满 18 周岁，视力良好，没有色盲、癫痫等妨碍焊接作业的疾病。",
            goals="1. 会办动火手续，会清场；\n2. 会选滤光片，会穿戴防护用品；\n3. 会收工检查，会处置着火和触电。",
            methods="线上自学文档，随机打卡；线下在焊接工位练习，每人一个工位。",
            materials="《焊工安全图册》（授权使用）；本课程课件。",
            hours=Hours(practice=4000),
            supplier=_HOLDER,
            is_imported=True,
        ),
        planned=(
            PlannedItem(Mode.PRACTICE, "动火检查、灭火器使用", 800, "焊接实训车间", _SAFE),
            PlannedItem(Mode.PRACTICE, "焊条电弧焊平敷焊、平角焊", 3200, "焊接实训车间", "焊条电弧焊"),
        ),
        assessment=USUAL_ASSESSMENT,
        lecturers=(
            Lecturer(0, "潘志强", "焊工高级技师"),
            Lecturer(0, "苏丽仪", "注册安全工程师"),
        ),
        knowledge={
            WELDING_FIRE.title: (
                KnowledgePoint("动火手续和 10 m 清场", _SAFE),
                KnowledgePoint("滤光片的选用，防触电", _SAFE),
                KnowledgePoint("收工后的监护", _SAFE),
            )
        },
    ),
    module_title="安全",
    documents=((WELDING_FIRE, FileKind.DOCX),),
    questions={
        WELDING_FIRE.title: (
            QuestionDraft("动火点周围多少米以内的可燃物要移走？", ("3 m", "5 m", "10 m"), 2),
            QuestionDraft("焊接电流 200 A，滤光片选多少号左右？", ("5 号", "12 号", "7 号"), 1),
        )
    },
    permission=Permission("permission-welder", "《焊工安全图册》使用授权书", _HOLDER, years=2),
)
