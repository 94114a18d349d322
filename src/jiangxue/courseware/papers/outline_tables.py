"""The tables of an outline: contents, planned items, lecturers, assessment, licences, reviews. Each is left out where it has no row."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.courseware.papers.saying import day, hours_said, length_as_hours, lesson_length
from jiangxue.courseware.rules.content import CourseContent, TaughtLesson
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.rules.paper_facts import PaperFacts
from jiangxue.typesetting.shapes import Block, Column, Row, Table, Text
from jiangxue.typesetting.words import plain
from jiangxue.ui.course_words import KINDS, MODES


def contents(content: CourseContent, pace: Pace) -> tuple[Block, ...]:
    """Return module by module the lessons, their knowledge points, the work content that these serve, and the hours."""
    columns = (
        Column(_("Lesson"), 26),
        Column(_("Form of resource"), 14),
        Column(_("Knowledge points"), 32),
        Column(_("Work content"), 26),
        Column(_("Length in hours"), 30, is_figure=True),
    )
    if not content.modules:
        return ()
    total = Row((_("Total"), "", "", "", length_as_hours(pace.sum_ms(content.lessons), pace)), is_total=True)
    note = _(
        "Each length is that of the courseware; the total is divided into hours once, so that single lessons may add up to less."
    )
    return (Table(columns, (*_of_modules(content, pace), total)), Text((note, _pace_said(pace)), is_note=True))


def planned(content: CourseContent, pace: Pace) -> tuple[Block, ...]:
    """Return the live and practice items."""
    columns = (
        Column(_("Way of being taught"), 16),
        Column(_("Planned item"), 30),
        Column(_("Work content"), 30),
        Column(_("Where it is held"), 22),
        Column(_("Hours"), 30, is_figure=True),
    )
    rows = tuple(
        Row(
            (
                str(MODES[item.mode]),
                *map(plain, (item.title, item.work_content, item.place)),
                hours_said(item.hours, pace),
            )
        )
        for item in content.planned
    )
    return _unless_empty(columns, rows)


def lecturers(content: CourseContent) -> tuple[Block, ...]:
    """Return who teaches."""
    columns = (Column(_("Lecturer"), 1), Column(_("Qualification"), 3))
    return _unless_empty(
        columns, tuple(Row((plain(each.name), plain(each.qualification))) for each in content.lecturers)
    )


def assessment(content: CourseContent) -> tuple[Block, ...]:
    """Return the parts of the assessment, and the sum of their weights."""
    columns = (
        Column(_("Part of the assessment"), 20),
        Column(_("How it is held"), 44),
        Column(_("Weight"), 12, is_figure=True),
    )
    rows = tuple(Row((plain(part.name), plain(part.method), f"{part.weight}%")) for part in content.assessment)
    if not rows:
        return ()
    total = Row((_("Total"), "", f"{sum(part.weight for part in content.assessment)}%"), is_total=True)
    return (Table(columns, (*rows, total)),)


def licences(content: CourseContent) -> tuple[Block, ...]:
    """Return the licences of imported resources, or say that there are none where some were needed."""
    columns = (
        Column(_("Licence"), 34),
        Column(_("Holder of the rights"), 26),
        Column(_("Valid until"), 18),
        Column(_("Proof (hash of the file)"), 26),
    )
    rows = tuple(
        Row(
            (
                plain(each.title),
                plain(each.holder),
                day(each.valid_until) or _("without end"),
                each.proof_sha256[:16] or _("no proof"),
            )
        )
        for each in content.licences
    )
    if not rows and content.facts.is_imported:
        return (Text((_("The resources are imported; no licence has been entered."),)),)
    return _unless_empty(columns, rows)


def reviews(facts: PaperFacts) -> tuple[Block, ...]:
    """Return who reviewed the version; names are masked."""
    columns = (
        Column(_("Review step"), 1),
        Column(_("Reviewed by"), 1),
        Column(_("Verdict"), 1),
        Column(_("Signed on"), 1),
    )
    rows = tuple(Row((plain(r.step), plain(r.reviewer), plain(r.verdict), day(r.signed_on))) for r in facts.reviews)
    return _unless_empty(columns, rows)


def _of_modules(content: CourseContent, pace: Pace) -> Iterator[Row]:
    for module in content.modules:
        length = length_as_hours(pace.sum_ms(module.lessons), pace)
        lessons = len(module.lessons)
        counted = ngettext("%(count)d lesson", "%(count)d lessons", lessons) % {"count": lessons}
        yield Row((plain(module.title), f"{counted} · {length}"), is_group=True)
        for lesson in module.lessons:
            yield from _of_lesson(lesson, pace)


def _of_lesson(lesson: TaughtLesson, pace: Pace) -> Iterator[Row]:
    """Yield a row for each work content that the lesson serves, with the points that serve it; the lesson stands in the first."""
    served: dict[str, list[str]] = {}
    for point in lesson.knowledge:
        served.setdefault(plain(point.work_content).strip(), []).append(f"· {plain(point.text)}")
    about = (plain(lesson.title), f"{KINDS[lesson.kind]}\n{lesson_length(lesson)}")
    length = length_as_hours(pace.lesson_ms(lesson), pace)
    for index, (work, points) in enumerate(served.items() or [("", [])]):
        first, last = (about, length) if index == 0 else (("", ""), "")
        yield Row((*first, "\n".join(points), work, last))


def _pace_said(pace: Pace) -> str:
    return _("One class hour is %(minutes)d minutes; a page of a document counts %(seconds)d seconds.") % {
        "minutes": pace.ms_per_hour_unit // 60_000,
        "seconds": pace.page_ms // 1_000,
    }


def _unless_empty(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> tuple[Block, ...]:
    return (Table(columns, rows),) if rows else ()
