"""The course that waits for its final review: it leads to a special ability, which has no level."""

from jiangxue.courseware.rules.content import (
    Basis,
    Facts,
    Fee,
    Hours,
    KnowledgePoint,
    Lecturer,
    Mode,
    PlannedItem,
    PriorityGroup,
    ProjectType,
)
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.project.demonstration.courses.shapes import OWN, USUAL_ASSESSMENT, Papers, SmallCourse
from jiangxue.project.demonstration.documents.texts.shrimp_dumplings import SHRIMP_DUMPLINGS

_MAKING = "广式点心的制作"

DIM_SUM = SmallCourse(
    Papers(
        facts=Facts(
            title="广式点心制作：虾饺",
            summary="面向想在茶楼、餐馆做点心的人员：从烫面、打馅、拍皮到蒸制，做出一笼合格的虾饺。",
            special_ability="广式点心制作",
            project_type=ProjectType.SPECIAL_ABILITY,
            basis=Basis("专项职业能力考核规范 广式点心制作", "演示用", "2024 年版"),
            target_group="准备从事点心制作的人员，餐馆的新员工。",
            entry_conditions="年满 16 周岁，有健康证明。",
            goals="1. 会烫面、揉面、拍皮；\n2. 会打虾胶、调馅；\n3. 会包出 11 个褶以上的虾饺，会掌握蒸制时间。",
            methods="线上自学课件，线下看示范、自己做，每人一套工具。",
            materials="本课程课件；配料卡。",
            hours=Hours(practice=3200),
            fee=Fee.FREE_FOR_GROUPS,
            free_for=(PriorityGroup.MIGRANT_WORKERS, PriorityGroup.UNEMPLOYED, PriorityGroup.DISABLED),
            supplier=OWN,
        ),
        planned=(
            PlannedItem(Mode.PRACTICE, "烫面、揉面、拍皮", 1200, "中点实训室", _MAKING),
            PlannedItem(Mode.PRACTICE, "打馅、包制、蒸制", 1600, "中点实训室", _MAKING),
            PlannedItem(Mode.PRACTICE, "收档、清洁和留样", 400, "中点实训室", "食品安全"),
        ),
        assessment=USUAL_ASSESSMENT,
        lecturers=(
            Lecturer(0, "何少芬", "中式面点师高级技师"),
            Lecturer(0, "区国明", "食品安全管理员"),
        ),
        knowledge={
            SHRIMP_DUMPLINGS.title: (
                KnowledgePoint("澄面的烫制和拍皮", _MAKING),
                KnowledgePoint("虾胶的打制", _MAKING),
                KnowledgePoint("生熟分开，中心温度", "食品安全"),
            )
        },
    ),
    module_title="虾饺",
    documents=((SHRIMP_DUMPLINGS, FileKind.PDF),),
    questions={
        SHRIMP_DUMPLINGS.title: (
            QuestionDraft("烫澄面要用什么水？", ("冷水", "温水", "刚烧开的水"), 2),
            QuestionDraft("虾饺上笼以后，大火蒸多久？", ("5～6 分钟", "15 分钟", "1 分钟"), 0),
        )
    },
)
