"""Findings with the very place where each is mended. Clauses C2, M7."""

from collections.abc import Iterable

from django.urls import reverse

from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.shortcomings import Finding, Section, Shortcoming
from jiangxue.portals.finding_words import finding_said

_FIELDS = {
    Shortcoming.NO_TITLE: "title",
    Shortcoming.NO_SUMMARY: "summary",
    Shortcoming.NO_OCCUPATION: "occupation_search",
    Shortcoming.NO_LEVEL: "level",
    Shortcoming.LEVEL_AND_SPECIAL_ABILITY: "special_ability",
    Shortcoming.LEVEL_UNKNOWN: "level",
    Shortcoming.NO_PROJECT_TYPE: "project_type",
    Shortcoming.NO_BASIS: "basis_name",
    Shortcoming.BASIS_INCOMPLETE: "basis_code",
    Shortcoming.NO_TARGET_GROUP: "target_group",
    Shortcoming.NO_ENTRY_CONDITIONS: "entry_conditions",
    Shortcoming.NO_GOALS: "goals",
    Shortcoming.NO_METHODS: "methods",
    Shortcoming.NO_MATERIALS: "materials",
    Shortcoming.NO_FREE_GROUPS: "free_for",
    Shortcoming.NO_HOURS: "online_hours",
    Shortcoming.ONLINE_SHORT: "online_hours",
    Shortcoming.MUCH_READING: "online_hours",
    Shortcoming.LIVE_DIFFERS: "live_hours",
    Shortcoming.PRACTICE_DIFFERS: "practice_hours",
    Shortcoming.NO_SUPPLIER: "supplier",
}
_PAGES = {
    Section.FACTS: "facts",
    Section.HOURS: "plan",
    Section.PLANNED: "plan",
    Section.ASSESSMENT: "assessment",
    Section.LECTURERS: "lecturers",
    Section.LICENCES: "licences",
}
_OF_QUESTIONS = {
    Shortcoming.NO_CHECK_IN_QUESTIONS: "questions",
    Shortcoming.FEW_TEST_QUESTIONS: "test_questions",
}


def finding_lines(findings: Iterable[Finding], content: CourseContent, course_id: int) -> list[dict[str, object]]:
    """Return each finding in words, with the address where it is mended."""
    return [
        {
            "sentence": finding_said(finding, content),
            "url": _url(finding, content, course_id),
            "is_blocking": finding.is_blocking,
        }
        for finding in findings
    ]


def _url(finding: Finding, content: CourseContent, course_id: int) -> str:
    place = finding.place
    if place.section is Section.OUTLINE:
        return _in_outline(finding, content, course_id)
    page = reverse("institution:course_section", args=(course_id, _PAGES[place.section]))
    if place.index is not None:
        return f"{page}#row-{place.index + 1}"
    field = _FIELDS.get(finding.what)
    return f"{page}#id_{field}" if field else f"{page}#rows"


def _in_outline(finding: Finding, content: CourseContent, course_id: int) -> str:
    place = finding.place
    if place.lesson is None:
        outline = reverse("institution:outline", args=(course_id,))
        return f"{outline}#module-{place.index + 1}-place" if place.index is not None else outline
    if finding.what in _OF_QUESTIONS:
        return reverse(f"institution:{_OF_QUESTIONS[finding.what]}", args=(place.lesson,))
    lesson = reverse("institution:lesson", args=(place.lesson,))
    return f"{lesson}#{'id_title' if finding.what is Shortcoming.REPEATED_TITLE else 'rows'}"
