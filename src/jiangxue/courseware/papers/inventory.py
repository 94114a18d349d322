"""The inventory of an institution's resources (资源情况): forms, lengths, suppliers and licences, course by course. Clause M7."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.courseware.papers.outline import seal_space
from jiangxue.courseware.papers.saying import aim_said, day, hours_alone, supplier_said
from jiangxue.courseware.rules.content import CourseContent, TaughtLesson
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.paper_facts import PaperFacts
from jiangxue.typesetting.shapes import Column, Facts, Paper, Row, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.durations import duration


@dataclass(frozen=True, slots=True)
class Holding:
    """The lessons of one form: how many, and how long or of how many pages together."""

    count: int
    length_ms: int
    pages: int

    @classmethod
    def of(cls, lessons: Iterable[TaughtLesson], kind: LessonKind) -> "Holding":
        """Return what some lessons hold of one form."""
        held = [lesson for lesson in lessons if lesson.kind is kind]
        return cls(len(held), sum(lesson.length_ms for lesson in held), sum(lesson.pages for lesson in held))

    def said(self, kind: LessonKind) -> str:
        """Return the number and the length, or a dash for nothing."""
        if not self.count:
            return "—"
        if kind is LessonKind.DOCUMENT:
            length = ngettext("%(pages)d page", "%(pages)d pages", self.pages) % {"pages": self.pages}
        else:
            length = duration(self.length_ms)
        return f"{self.count}\n{length}"


def inventory(contents: Sequence[CourseContent], facts: PaperFacts) -> Paper:
    """Return the inventory of all courses of an institution; of `facts` only issuer, day and pace are used."""
    lessons = [lesson for content in contents for lesson in content.lessons]
    own = sum(1 for content in contents if not content.facts.is_imported)
    about = (
        (_("Training institution"), plain(facts.institution)),
        (_("Courses"), _("%(all)d in all: %(own)d own, %(imported)d imported") % _counts(len(contents), own)),
        (_("State of"), day(facts.today)),
    )
    rows = (
        *(_row(number, content, facts.today) for number, content in enumerate(contents, 1)),
        _total(contents, lessons),
    )
    note = _(
        "Each cell of a form has the number of resources and their length; hours are as declared: online, live, practice."
    )
    return Paper(
        title=_("Inventory of training resources"),
        subject=plain(facts.institution),
        running_head=(plain(facts.institution), day(facts.today)),
        page_words=page_words(),
        issuer=plain(facts.institution),
        written_on=facts.today,
        blocks=(Facts(about), Table(_columns(), rows), Text((note,), is_note=True), seal_space(facts)),
        is_landscape=True,
    )


def licence_state(content: CourseContent, today: date) -> str:
    """Return how it stands with the proof that imported resources are lawfully used."""
    if not content.facts.is_imported and not content.licences:
        return _("own resources, none needed")
    if not content.licences:
        return _("no licence")
    ends = sorted(licence.valid_until for licence in content.licences if licence.valid_until)
    if ends and ends[0] < today:
        return _("expired on %(day)s") % {"day": day(ends[0])}
    if not all(licence.proof_sha256 for licence in content.licences):
        return _("without proof")
    return _("valid until %(day)s") % {"day": day(ends[0])} if ends else _("valid without end")


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 8),
        Column(_("Course"), 28),
        Column(_("Leads to"), 22),
        Column(_("Video"), 18, is_figure=True),
        Column(_("Audio"), 15, is_figure=True),
        Column(_("Document"), 12, is_figure=True),
        Column(_("Online hours"), 13, is_figure=True),
        Column(_("Live hours"), 13, is_figure=True),
        Column(_("Practice hours"), 13, is_figure=True),
        Column(_("Supplier"), 22),
        Column(_("Licence"), 22),
    )


def _row(number: int, content: CourseContent, today: date) -> Row:
    course = content.facts
    hours = (course.hours.online, course.hours.live, course.hours.practice)
    return Row(
        (
            str(number),
            plain(course.title),
            aim_said(course),
            *_forms(content.lessons),
            *map(hours_alone, hours),
            supplier_said(course),
            licence_state(content, today),
        )
    )


def _total(contents: Sequence[CourseContent], lessons: Sequence[TaughtLesson]) -> Row:
    all_hours = [content.facts.hours for content in contents]
    sums = (sum(h.online for h in all_hours), sum(h.live for h in all_hours), sum(h.practice for h in all_hours))
    return Row(("", _("Total"), "", *_forms(lessons), *map(hours_alone, sums), "", ""), is_total=True)


def _forms(lessons: Sequence[TaughtLesson]) -> tuple[str, ...]:
    return tuple(
        Holding.of(lessons, kind).said(kind) for kind in (LessonKind.VIDEO, LessonKind.AUDIO, LessonKind.DOCUMENT)
    )


def _counts(every: int, own: int) -> dict[str, int]:
    return {"all": every, "own": own, "imported": every - own}
