"""The course of the demonstration: low-voltage safety for beginners. Sample copy: no electrician has checked it."""

from jiangxue.project.demonstration.media.course.current_and_voltage import CURRENT_AND_VOLTAGE
from jiangxue.project.demonstration.media.course.first_aid import FIRST_AID
from jiangxue.project.demonstration.media.course.isolation import ISOLATION
from jiangxue.project.demonstration.media.course.residual_current import RESIDUAL_CURRENT
from jiangxue.project.demonstration.media.text import CourseText, ModuleText

COURSE = CourseText(
    slug="low-voltage-safety",
    title="低压电工安全操作基础",
    summary="面向低压电工初学者：认识触电的危险，掌握停电作业的步骤，学会触电急救。",
    notice="演示课程，语音为合成",
    modules=(
        ModuleText("认识危险，正确用电", (CURRENT_AND_VOLTAGE, RESIDUAL_CURRENT)),
        ModuleText("安全作业，触电急救", (ISOLATION, FIRST_AID)),
    ),
)
