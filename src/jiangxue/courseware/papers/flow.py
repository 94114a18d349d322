"""The training flow (培训流程) of a course: from enrolling to the certificate, only what the course has. Clause M7."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.courseware.papers.flow_picture import flow_picture
from jiangxue.courseware.papers.saying import fee_said, hours_said
from jiangxue.courseware.rules.content import CourseContent, Mode, Purpose
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.typesetting.shapes import Flow, FlowStep
from jiangxue.typesetting.words import plain
from jiangxue.ui.course_words import MODES


def flow_of(content: CourseContent, pace: Pace) -> Flow:
    """Return the steps of a course, and their picture."""
    steps = tuple(_steps(content, pace))
    return Flow(steps, (_("Step of the flow"), _("What happens")), flow_picture(steps, _("Training flow")))


def _steps(content: CourseContent, pace: Pace) -> Iterator[FlowStep]:
    yield FlowStep(_("Enrolment and real-name check"), (_("Identity is checked once"), fee_said(content.facts)))
    yield FlowStep(_("Promises and class opening"), (_("Learner and institution each sign a promise"),))
    yield from _online(content, pace)
    for mode, declared in ((Mode.LIVE, content.facts.hours.live), (Mode.PRACTICE, content.facts.hours.practice)):
        if declared:
            items = sum(1 for item in content.planned if item.mode is mode)
            counted = ngettext("%(count)d item", "%(count)d items", items) % {"count": items}
            yield FlowStep(str(MODES[mode]), (f"{hours_said(declared, pace)} · {counted}",))
    if content.assessment:
        weights = tuple(f"{plain(part.name)} {part.weight}%" for part in content.assessment)
        yield FlowStep(_("Assessment"), weights)
    yield FlowStep(_("Training certificate"), (_("Issued to those who have passed"),), is_proof=True)
    yield FlowStep(
        _("Electronic archive"),
        (_("Everything from enrolment on is recorded, sealed and kept as prescribed"),),
        is_proof=True,
    )


def _online(content: CourseContent, pace: Pace) -> Iterator[FlowStep]:
    if not content.facts.hours.online:
        return
    lessons = content.lessons
    outline = _("%(modules)d modules, %(lessons)d lessons") % {"modules": len(content.modules), "lessons": len(lessons)}
    said = f"{hours_said(content.facts.hours.online, pace)} · {outline}"
    yield FlowStep(str(MODES[Mode.ONLINE]), (said, _("Random check-ins while learning")))
    tested = sum(1 for lesson in lessons if lesson.asked(Purpose.TEST))
    if tested:
        counted = ngettext("%(count)d lesson has a test", "%(count)d lessons have a test", tested) % {"count": tested}
        yield FlowStep(_("Lesson tests"), (counted,))
