"""A filter in words, for whoever reads a file without its page."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from jiangxue.enrolment.queries import classes
from jiangxue.kernel.viewer import Viewer
from jiangxue.organisations.queries import institutions, region_name
from jiangxue.reporting.rules.filters import Filter
from jiangxue.ui.course_words import LEVELS, PRIORITY_GROUPS, PROJECT_TYPES
from jiangxue.ui.id_types import ID_TYPES, SEXES
from jiangxue.ui.report_words import CLASS_STATES, LEARNER_STATES
from jiangxue.ui.roster_words import EDUCATIONS

type Said = tuple[tuple[str, str], ...]


def filter_words(viewer: Viewer, asked: Filter) -> Said:
    """Return each condition of a filter under its name, none where everything is asked for; it names only what the viewer may see."""
    said = [
        (_("Name contains"), asked.name),
        (_("Priority group"), _word(PRIORITY_GROUPS, asked.group)),
        (_("Education"), _word(EDUCATIONS, asked.education)),
        (_("Kind of document"), _word(ID_TYPES, asked.id_type)),
        (_("Sex"), _word(SEXES, asked.sex)),
        (_("Age at the opening"), _between(asked.age_from, asked.age_to)),
        (_("State of the learner"), _word(LEARNER_STATES, asked.learner)),
        (_("Training institution"), _named(asked.institution, lambda pk: _institution(viewer, pk))),
        (_("Region of the institution"), region_name(asked.region) if asked.region else ""),
        (_("Course"), _named(asked.course, lambda pk: _course(viewer, pk))),
        (_("Class"), _named(asked.training_class, lambda pk: _class(viewer, pk))),
        (_("Occupation"), _occupation(viewer, asked.occupation)),
        (_("Level"), _word(LEVELS, asked.level)),
        (_("Project type"), _word(PROJECT_TYPES, asked.project)),
        (_("State of the class"), _word(CLASS_STATES, asked.state)),
        (_("Days"), _between(asked.first, asked.last)),
    ]
    return tuple((name, words) for name, words in said if words)


def _word(words: Mapping[str, object], value: str | None) -> str:
    return str(words[value]) if value else ""


def _between(low: object, high: object) -> str:
    """Write a range that may be open on either side."""
    match low, high:
        case None, None:
            return ""
        case _, None:
            return _("from {low} on").format(low=low)
        case None, _:
            return _("up to {high}").format(high=high)
    return _("{low} to {high}").format(low=low, high=high)


def _named(pk: int | None, name: Callable[[int], str | None]) -> str:
    return (name(pk) or str(pk)) if pk is not None else ""


def _occupation(viewer: Viewer, code: str) -> str:
    """Return a code with what it is called where a class is taught for it; the beginning of a code has no name."""
    of_code = classes(viewer).filter(version__occupation_code=code) if code else None
    named = of_code.values_list("version__occupation_name", flat=True).first() if of_code is not None else None
    return f"{code} {named}" if named else code


def _institution(viewer: Viewer, pk: int) -> str | None:
    return institutions(viewer).filter(pk=pk).values_list("name", flat=True).first()


def _course(viewer: Viewer, pk: int) -> str | None:
    return classes(viewer).filter(course_id=pk).values_list("course__title", flat=True).first()


def _class(viewer: Viewer, pk: int) -> str | None:
    return classes(viewer).filter(pk=pk).values_list("name", flat=True).first()
