"""What the conformity check of a course has found, as sentences for people. docs/rules/conformity.md; clauses C2, M7."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.shortcomings import Finding, Section, Shortcoming
from jiangxue.courseware.services.paper_words import hours_alone
from jiangxue.ui.durations import duration

SENTENCES: dict[Shortcoming, str | Promise] = {
    Shortcoming.NO_TITLE: gettext_lazy("The course has no title."),
    Shortcoming.NO_SUMMARY: gettext_lazy("The summary is missing."),
    Shortcoming.NO_OCCUPATION: gettext_lazy("Neither an occupation nor a special ability is named."),
    Shortcoming.NO_LEVEL: gettext_lazy("An occupation is named, but no level."),
    Shortcoming.LEVEL_AND_SPECIAL_ABILITY: gettext_lazy("Both a level and a special ability are named: keep one."),
    Shortcoming.LEVEL_UNKNOWN: gettext_lazy("The table of occupations does not have this level for the occupation."),
    Shortcoming.NO_PROJECT_TYPE: gettext_lazy("The type of training is not chosen."),
    Shortcoming.NO_BASIS: gettext_lazy("The standard that the course follows is not named."),
    Shortcoming.BASIS_INCOMPLETE: gettext_lazy("The standard has no number or no edition."),
    Shortcoming.NO_TARGET_GROUP: gettext_lazy("It is not said for whom the course is."),
    Shortcoming.NO_ENTRY_CONDITIONS: gettext_lazy("The conditions of entry are missing."),
    Shortcoming.NO_GOALS: gettext_lazy("The goals of the training are missing."),
    Shortcoming.NO_METHODS: gettext_lazy("The methods of teaching are missing."),
    Shortcoming.NO_MATERIALS: gettext_lazy("The teaching materials are missing."),
    Shortcoming.NO_FREE_GROUPS: gettext_lazy("The course is free for some groups, but no group is chosen."),
    Shortcoming.NO_HOURS: gettext_lazy("No class hours are declared."),
    Shortcoming.NO_PRACTICE: gettext_lazy("The occupation is learned by doing, but the plan has no practice on site."),
    Shortcoming.NO_ASSESSMENT: gettext_lazy("There is no assessment scheme."),
    Shortcoming.NO_LECTURER: gettext_lazy("Nobody is named as a teacher."),
    Shortcoming.NO_SUPPLIER: gettext_lazy("Resources are imported, but their supplier is not named."),
    Shortcoming.NO_LICENCE: gettext_lazy("Resources are imported, but there is no licence for them."),
    Shortcoming.NO_MODULE: gettext_lazy("The outline has no modules yet."),
    Shortcoming.NO_LESSON: gettext_lazy("The outline has no lessons yet."),
}
"""Those about the course as a whole that need no figure."""


def finding_said(finding: Finding, content: CourseContent) -> str:
    """Return a finding as a sentence with its figures and the title of the row or lesson that it is about."""
    if finding.what in SENTENCES:
        return str(SENTENCES[finding.what])
    values = {
        "what": _what(finding, content),
        "wanted": finding.figures.wanted if finding.figures else 0,
        "actual": finding.figures.actual if finding.figures else 0,
        "lacking": finding.figures.lacking if finding.figures else 0,
    }
    if finding.what in _OF_TIME:
        times = {name: duration(value) for name, value in values.items() if isinstance(value, int)}
        return _of_time(finding.what) % {**times, "hours": hours_alone(content.facts.hours.online)}
    if finding.what in (Shortcoming.LIVE_DIFFERS, Shortcoming.PRACTICE_DIFFERS):
        hours = {name: hours_alone(value) for name, value in values.items() if isinstance(value, int)}
        return _hours_differ(finding.what) % hours
    return _of_rows(finding.what) % values


_OF_TIME = frozenset({Shortcoming.ONLINE_SHORT, Shortcoming.MUCH_READING})


def _of_time(what: Shortcoming) -> str:
    if what is Shortcoming.MUCH_READING:
        return _("Documents make up %(actual)s of the online hours, more than the %(wanted)s that are advised.")
    return _("%(hours)s class hours are declared online; the courseware lasts %(actual)s, %(lacking)s too little.")


def _hours_differ(what: Shortcoming) -> str:
    if what is Shortcoming.LIVE_DIFFERS:
        return _("%(wanted)s class hours of live teaching are declared, the items of the plan come to %(actual)s.")
    return _("%(wanted)s class hours of practice are declared, the items of the plan come to %(actual)s.")


def _of_rows(what: Shortcoming) -> str:
    said = {
        Shortcoming.PLANNED_WITHOUT_HOURS: _("“%(what)s” of the plan has no class hours."),
        Shortcoming.PRACTICE_WITHOUT_PLACE: _("“%(what)s” of the plan does not say where it is practised."),
        Shortcoming.WEIGHTS_DIFFER: _("The weights of the assessment come to %(actual)d %%, not to %(wanted)d %%."),
        Shortcoming.WEIGHT_NOT_POSITIVE: _("“%(what)s” of the assessment has no weight."),
        Shortcoming.NO_QUALIFICATION: _("The teacher %(what)s has no qualification."),
        Shortcoming.LICENCE_WITHOUT_PROOF: _("“%(what)s” has no document that proves it."),
        Shortcoming.LICENCE_EXPIRED: _("“%(what)s” has expired."),
        Shortcoming.LICENCE_EXPIRING: _("“%(what)s” expires in %(actual)d days."),
        Shortcoming.EMPTY_MODULE: _("The module “%(what)s” has no lessons."),
        Shortcoming.REPEATED_TITLE: _("The title “%(what)s” stands twice in its module."),
        Shortcoming.NO_KNOWLEDGE: _("“%(what)s” has no knowledge points."),
        Shortcoming.UNMAPPED_KNOWLEDGE: _(
            "“%(what)s”: only %(actual)d of %(wanted)d knowledge points name the work content that they serve."
        ),
        Shortcoming.NO_CHECK_IN_QUESTIONS: _("“%(what)s” has no questions for check-ins."),
        Shortcoming.FEW_TEST_QUESTIONS: _(
            "The test of “%(what)s” has %(actual)d questions; it needs at least %(wanted)d, or none."
        ),
    }
    return said[what]


def _what(finding: Finding, content: CourseContent) -> str:
    """Return what the row or the lesson is called that a finding is about."""
    place = finding.place
    if place.lesson is not None:
        return next((lesson.title for lesson in content.lessons if lesson.ref == place.lesson), "")
    if place.index is None:
        return ""
    rows: dict[Section, list[str]] = {
        Section.PLANNED: [item.title for item in content.planned],
        Section.ASSESSMENT: [part.name for part in content.assessment],
        Section.LECTURERS: [each.name for each in content.lecturers],
        Section.LICENCES: [each.title for each in content.licences],
        Section.OUTLINE: [module.title for module in content.modules],
    }
    return rows[place.section][place.index]
