"""The course in draft: the check of its outline still finds what stops it, and what should be better."""

from jiangxue.courseware.rules.content import (
    AssessmentPart,
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
from jiangxue.occupations.rules.levels import Level
from jiangxue.project.demonstration.courses.shapes import Papers, Permission, SmallCourse
from jiangxue.project.demonstration.documents.texts.brick_wall import BRICK_WALL

_HOLDER = "岭南营造职业教育有限公司（虚构）"

BRICKLAYER = SmallCourse(
    Papers(
        facts=Facts(
            title="砌筑工入门：砖墙砌筑",
            summary="面向刚到工地的砌筑工：看懂皮数杆，按八个步骤砌好一面砖墙，会自己检查。",
            occupation=Occupation("6-29-01-01", "砌筑工", is_practical=True),
            level=Level.FIVE,
            project_type=ProjectType.ON_THE_JOB,
            basis=Basis("国家职业技能标准 砌筑工"),
            target_group="新入职的砌筑工、想学砌筑的农民工。",
            goals="1. 会选砖、和灰、立皮数杆；\n2. 会盘角、挂线、砌一砖厚的墙；\n3. 会用托线板和百格网自查。",
            methods="线上看课件，线下由师傅带着练，每组 8 人。",
            hours=Hours(online=100, practice=2400),
            supplier=_HOLDER,
            is_imported=True,
        ),
        planned=(
            PlannedItem(Mode.PRACTICE, "立皮数杆、盘角、挂线", 800, "实训场一区", "砌砖前的准备"),
            PlannedItem(Mode.PRACTICE, "砌一砖厚直墙，留斜槎", 800, "", "砌砖"),
        ),
        assessment=(
            AssessmentPart("理论考试", "线上闭卷，60 分合格", 40),
            AssessmentPart("实操考核", "砌一段墙，两名考评员评分", 50),
        ),
        lecturers=(Lecturer(0, "邓有福"),),
        knowledge={BRICK_WALL.title: (KnowledgePoint("灰缝、错缝和垂直度", "砌砖"), KnowledgePoint("留槎"))},
    ),
    module_title="砖墙",
    documents=((BRICK_WALL, FileKind.PDF),),
    permission=Permission("permission-bricklayer", "《砌筑工图解》使用授权书", _HOLDER, years=-1),
)
