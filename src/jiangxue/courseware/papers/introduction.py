"""The introduction (课程介绍) of a course: what somebody wants to know who thinks of enrolling, on one page. Clause M7."""

from collections import Counter

from django.utils.translation import gettext as _

from jiangxue.courseware.papers.outline import aim_facts, seal_space
from jiangxue.courseware.papers.saying import fee_said, head_of, hours_said, lines_of, modes_said, supplier_said
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.paper_facts import PaperFacts
from jiangxue.typesetting.shapes import Block, Column, Facts, Heading, Paper, Row, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.course_words import KINDS
from jiangxue.ui.listing import listed


def introduction(content: CourseContent, facts: PaperFacts) -> Paper:
    """Return the introduction of a course."""
    title = plain(content.facts.title)
    return Paper(
        title=_("Course introduction"),
        subject=title,
        running_head=head_of(title, facts),
        page_words=page_words(),
        issuer=plain(facts.institution),
        written_on=facts.today,
        blocks=(
            *_text(content.facts.summary),
            _facts(content, facts),
            *_under(_("Goals"), content.facts.goals),
            *_modules(content, facts),
            seal_space(facts),
        ),
    )


def forms_said(content: CourseContent) -> str:
    """Return how many lessons there are of each form: 视频 6 个、音频 1 个、文档 2 个."""
    counted = Counter(lesson.kind for lesson in content.lessons)
    return listed(*(f"{KINDS[kind]} {counted[kind]}" for kind in LessonKind if counted[kind]))


def _facts(content: CourseContent, facts: PaperFacts) -> Facts:
    course = content.facts
    hours = listed(*(f"{name} {said}" for _mode, name, said in modes_said(content, facts.pace)))
    assessed = listed(*(f"{plain(part.name)} {part.weight}%" for part in content.assessment))
    lines = [
        *aim_facts(course),
        (_("Target group"), plain(course.target_group)),
        (_("Entry conditions"), plain(course.entry_conditions)),
        (_("Total hours"), hours_said(course.hours.total, facts.pace)),
        (_("Hours by mode"), hours),
        (_("Forms of the resources"), forms_said(content)),
        (_("Lecturers"), listed(*(plain(lecturer.name) for lecturer in content.lecturers))),
        (_("Assessment"), assessed),
        (_("Resources"), supplier_said(course)),
        (_("Fee"), fee_said(course)),
    ]
    return Facts(tuple(line for line in lines if line[1].strip()))


def _modules(content: CourseContent, facts: PaperFacts) -> tuple[Block, ...]:
    if not content.modules:
        return ()
    rows = tuple(
        Row((plain(module.title), listed(*(plain(lesson.title) for lesson in module.lessons))))
        for module in content.modules
    )
    return (Heading(_("Contents")), Table((Column(_("Module of the outline"), 1), Column(_("Lessons"), 3)), rows))


def _under(head: str, text: str) -> tuple[Block, ...]:
    blocks = _text(text)
    return (Heading(head), *blocks) if blocks else ()


def _text(text: str) -> tuple[Block, ...]:
    lines = lines_of(text)
    return (Text(lines),) if lines else ()
