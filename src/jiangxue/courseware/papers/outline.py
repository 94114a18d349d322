"""The outline (培训大纲) of a course as a paper: all of what domain rules ask of one. Clauses C2, M7."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jiangxue.courseware.papers import outline_tables as tables
from jiangxue.courseware.papers.flow import flow_of
from jiangxue.courseware.papers.saying import (
    aim_said,
    basis_said,
    day,
    fee_said,
    head_of,
    hours_said,
    lines_of,
    modes_said,
    occupation_said,
    supplier_said,
    version_said,
    whole_hash,
)
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.content import Facts as CourseFacts
from jiangxue.courseware.rules.paper_facts import PaperFacts
from jiangxue.typesetting.shapes import Block, Column, Facts, Heading, Paper, Row, SealSpace, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.course_words import LEVELS, PROJECT_TYPES


def outline(content: CourseContent, facts: PaperFacts) -> Paper:
    """Return the outline of a course: a cover with room for the seal, then everything in sections."""
    title = plain(content.facts.title)
    sections = [(head, blocks) for head, blocks in _sections(content, facts) if blocks]
    return Paper(
        title=_("Training outline"),
        subject=title,
        running_head=head_of(title, facts),
        page_words=page_words(),
        issuer=plain(facts.institution),
        written_on=facts.today,
        cover=_cover(content, facts),
        blocks=tuple(
            block
            for number, (head, blocks) in enumerate(sections, 1)
            for block in (Heading(f"{number}  {head}"), *blocks)
        ),
    )


def seal_space(facts: PaperFacts) -> SealSpace:
    """Return the room for the seal of the institution that issues a paper."""
    return SealSpace(_("Seal"), plain(facts.institution), day(facts.today))


def aim_facts(facts: CourseFacts) -> list[tuple[str, str]]:
    """Return that to which a course leads, line by line."""
    lines = [(_("Occupation"), occupation_said(facts))]
    if facts.level:
        lines.append((_("Skill level"), str(LEVELS[facts.level])))
    lines.append((_("Special ability"), plain(facts.special_ability)))
    lines.append((_("Type of training"), str(PROJECT_TYPES[facts.project_type]) if facts.project_type else ""))
    lines.append((_("Basis"), basis_said(facts)))
    return [line for line in lines if line[1]]


def _cover(content: CourseContent, facts: PaperFacts) -> tuple[Block, ...]:
    lines = [
        (_("Training institution"), plain(facts.institution)),
        (_("Leads to"), aim_said(content.facts)),
        (_("Total hours"), hours_said(content.facts.hours.total, facts.pace)),
        (_("Version"), version_said(facts)),
        (_("Published on"), day(facts.published_on)),
        (_("Hash of the version"), whole_hash(facts.sha256)),
        (_("Printed on"), day(facts.today)),
    ]
    return (Facts(tuple(line for line in lines if line[1])), seal_space(facts))


def _sections(content: CourseContent, facts: PaperFacts) -> Iterator[tuple[str, tuple[Block, ...]]]:
    course = content.facts
    yield _("The course"), (_facts_table(content), *_running(course.summary))
    yield _("Target group and entry conditions"), _entry(course)
    yield _("Goals"), _running(course.goals)
    yield _("Hours by mode"), (_hours_table(content, facts),)
    yield _("Contents"), tables.contents(content, facts.pace)
    yield _("Live and practice items"), tables.planned(content, facts.pace)
    yield _("Methods"), _running(course.methods)
    yield _("Materials"), _running(course.materials)
    yield _("Lecturers"), tables.lecturers(content)
    yield _("Assessment scheme"), tables.assessment(content)
    yield _("Imported resources and licences"), tables.licences(content)
    yield _("Training flow"), (flow_of(content, facts.pace),)
    yield _("Review opinions"), tables.reviews(facts)


def _facts_table(content: CourseContent) -> Facts:
    course = content.facts
    lines = [
        (_("Course"), plain(course.title)),
        *aim_facts(course),
        (_("Resources"), supplier_said(course)),
        (_("Fee"), fee_said(course)),
    ]
    return Facts(tuple(lines))


def _entry(course: CourseFacts) -> tuple[Block, ...]:
    lines = [(_("Target group"), plain(course.target_group)), (_("Entry conditions"), plain(course.entry_conditions))]
    shown = tuple(line for line in lines if line[1].strip())
    return (Facts(shown),) if shown else ()


def _hours_table(content: CourseContent, facts: PaperFacts) -> Table:
    rows = [Row((name, hours)) for _mode, name, hours in modes_said(content, facts.pace)]
    total = Row((_("Total"), hours_said(content.facts.hours.total, facts.pace)), is_total=True)
    return Table((Column(_("Way of being taught"), 1), Column(_("Declared hours"), 1, is_figure=True)), (*rows, total))


def _running(text: str) -> tuple[Block, ...]:
    lines = lines_of(text)
    return (Text(lines),) if lines else ()
