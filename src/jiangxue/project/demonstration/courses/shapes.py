"""The shape of a course of the demonstration, as its editor enters it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jiangxue.courseware.rules.content import AssessmentPart, Facts, KnowledgePoint, Lecturer, PlannedItem
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.project.demonstration.documents.texts.blocks import DocumentText


@dataclass(frozen=True, slots=True)
class Papers:
    """What the papers of a course say, with the knowledge points of each lesson by its title.

    Where the facts declare no hours online, they are to be those that the lessons cover.
    """

    facts: Facts
    planned: tuple[PlannedItem, ...]
    assessment: tuple[AssessmentPart, ...]
    lecturers: tuple[Lecturer, ...]
    knowledge: Mapping[str, Sequence[KnowledgePoint]]


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission to use what others have made, valid until the last day of a year counted from the present one."""

    slug: str
    title: str
    holder: str
    years: int

    def until(self, today: date) -> date:
        """Return its last day."""
        return date(today.year + self.years, 12, 31)


@dataclass(frozen=True, slots=True)
class SmallCourse:
    """A course of one or two short documents, all in one module."""

    papers: Papers
    module_title: str
    documents: tuple[tuple[DocumentText, FileKind], ...]
    questions: Mapping[str, Sequence[QuestionDraft]] = field(default_factory=dict)
    permission: Permission | None = None

    @property
    def title(self) -> str:
        """Return the title by which it is known."""
        return self.papers.facts.title


OWN = "羊城职业技能培训学校（演示）"
"""Who supplies what the institution has made itself."""

USUAL_ASSESSMENT = (
    AssessmentPart("线上学习", "学完全部课节，随机打卡通过", 20),
    AssessmentPart("理论考试", "线上闭卷，人脸核验，100 分制，60 分合格", 40),
    AssessmentPart("实操考核", "现场操作，两名考评员评分，100 分制，60 分合格", 40),
)
