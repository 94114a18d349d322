"""The course that came back from its second review with two places marked; its editor has mended one thing so far."""

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
from jiangxue.project.demonstration.documents.texts.home_cleaning import HOME_CLEANING, HOME_DISINFECTION

_CLEANING = "家居清洁"

HOUSEKEEPER = SmallCourse(
    Papers(
        facts=Facts(
            title="家政服务员：家庭清洁与消毒",
            summary="面向家政服务员：清洁有次序，抹布不混用，消毒液会配、会用、不混用。",
            occupation=Occupation("4-10-01-06", "家政服务员", is_practical=True),
            level=Level.FIVE,
            project_type=ProjectType.EMPLOYMENT,
            basis=Basis("国家职业技能标准 家政服务员", "GZB 4-10-01-06", "2019 年版"),
            target_group="准备从事家政服务的人员。",
            entry_conditions="身体健康。",
            goals="1. 会按次序清洁一套住房；\n2. 会配制和使用含氯消毒液；\n3. 说得出哪些清洁剂不能混用。",
            methods="线上自学课件，线下在样板间练习。",
            materials="本课程课件；清洁剂标签样张。",
            hours=Hours(practice=2400),
            fee=Fee.FREE_FOR_GROUPS,
            free_for=(PriorityGroup.MIGRANT_WORKERS, PriorityGroup.HARD_TO_EMPLOY),
            supplier=OWN,
        ),
        planned=(
            PlannedItem(Mode.PRACTICE, "样板间清洁：房间、厨房、卫生间", 1600, "家政样板间", _CLEANING),
            PlannedItem(Mode.PRACTICE, "消毒液的配制和使用", 800, "家政样板间", _CLEANING),
        ),
        assessment=USUAL_ASSESSMENT,
        lecturers=(Lecturer(0, "钟惠琴", "家政服务员高级技师"),),
        knowledge={
            HOME_CLEANING.title: (KnowledgePoint("清洁的次序，抹布分色", _CLEANING),),
            HOME_DISINFECTION.title: (
                KnowledgePoint("含氯消毒液的稀释", _CLEANING),
                KnowledgePoint("不能混用的清洁剂", _CLEANING),
            ),
        },
    ),
    module_title="清洁和消毒",
    documents=((HOME_CLEANING, FileKind.PDF), (HOME_DISINFECTION, FileKind.PDF)),
    questions={
        HOME_CLEANING.title: (QuestionDraft("擦电器以前先做什么？", ("喷清洁剂", "拔下插头", "打开电源"), 1),),
        HOME_DISINFECTION.title: (
            QuestionDraft("含氯消毒液和洁厕灵能不能一起用？", ("可以", "少量可以", "不可以，会放出氯气"), 2),
        ),
    },
)
