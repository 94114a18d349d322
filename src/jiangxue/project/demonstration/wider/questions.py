"""The test questions of the wider demonstration's lessons, by the lesson's title. Sample copy, as the lessons are."""

from collections.abc import Mapping, Sequence

from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.project.demonstration.documents.texts.home_cleaning import HOME_CLEANING, HOME_DISINFECTION
from jiangxue.project.demonstration.documents.texts.shrimp_dumplings import SHRIMP_DUMPLINGS


def _asked(text: str, options: Sequence[str], right_index: int) -> QuestionDraft:
    return QuestionDraft(text, options, right_index, Purpose.TEST)


BANK: Mapping[str, Sequence[QuestionDraft]] = {
    HOME_CLEANING.title: (
        _asked("清洁一套住房，次序是哪一个？", ("从下到上，从外到里", "从上到下，从里到外", "先拖地，后除尘"), 1),
        _asked("约定红色抹布擦马桶，它还可以用来擦什么？", ("餐桌", "洗手盆", "马桶周围的地面", "客厅家具"), 2),
        _asked("高处的外窗，应当怎样清洁？", ("站到窗台外面擦", "请专业人员", "探出身去，快些擦完"), 1),
        _asked("打碎了雇主家的杯子，应当怎样做？", ("悄悄扔掉", "下次再说", "马上告诉雇主"), 2),
    ),
    HOME_DISINFECTION.title: (
        _asked("家里没有人生病，平时以什么为主？", ("天天全屋消毒", "清洁和通风", "用酒精喷洒空气"), 1),
        _asked("配制含氯消毒液，用什么水？", ("冷水", "开水", "温水"), 0),
        _asked("擦门把手、台面，1 份消毒液加多少份水？", ("9 份", "49 份", "99 份"), 2),
        _asked("消毒液溅进眼睛，先做什么？", ("用毛巾擦干", "用流动清水冲 15 分钟以上", "滴眼药水"), 1),
    ),
    SHRIMP_DUMPLINGS.title: (
        _asked("虾仁打胶以前，先做什么？", ("吸干水", "泡在水里", "先加麻油"), 0),
        _asked("生的和熟的，砧板怎样用？", ("轮流用，中间冲水", "分开用，颜色分清", "先切熟的，后切生的"), 1),
        _asked("虾饺成品的中心温度不低于多少？", ("50 摄氏度", "60 摄氏度", "70 摄氏度"), 2),
        _asked("没有用完的生馅过了夜，怎样处理？", ("不再使用", "蒸久一些再用", "和新馅拌在一起"), 0),
    ),
}
"""Four for each lesson, so that everybody can pass and fail."""


def with_tests(questions: Mapping[str, Sequence[QuestionDraft]]) -> dict[str, Sequence[QuestionDraft]]:
    """Return the questions of a course's check-ins with those of its tests."""
    return {title: (*asked, *BANK.get(title, ())) for title, asked in questions.items()}
