"""The words of queries: what is wrong with a filter, and what statistics are divided by."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.reporting.errors import Fault, FilterFault
from jiangxue.reporting.rules.figures import AGE_BANDS, PROGRESS_BANDS, Division, Period
from jiangxue.ui.course_words import LEVELS, PRIORITY_GROUPS
from jiangxue.ui.id_types import SEXES
from jiangxue.ui.report_words import CLASS_STATES, LEARNER_STATES
from jiangxue.ui.roster_words import EDUCATIONS

type Words = str | Promise

DIVISIONS: dict[Division, Words] = {
    Division.INSTITUTION: gettext_lazy("Training institution"),
    Division.REGION: gettext_lazy("Region of the institution"),
    Division.COURSE: gettext_lazy("Course"),
    Division.CLASS: gettext_lazy("Class"),
    Division.STATE: gettext_lazy("State of the class"),
    Division.OCCUPATION: gettext_lazy("Occupation"),
    Division.LEVEL: gettext_lazy("Level"),
    Division.GROUP: gettext_lazy("Priority group"),
    Division.EDUCATION: gettext_lazy("Education"),
    Division.AGE: gettext_lazy("Age at the opening"),
    Division.SEX: gettext_lazy("Sex"),
    Division.LEARNER: gettext_lazy("State of the learner"),
}
PERIODS: dict[Period, Words] = {
    Period.DAY: gettext_lazy("by day"),
    Period.WEEK: gettext_lazy("by week"),
    Period.MONTH: gettext_lazy("by month"),
}
_NAMES: dict[Division, Mapping[str, Words]] = {
    Division.LEVEL: LEVELS,
    Division.GROUP: PRIORITY_GROUPS,
    Division.EDUCATION: EDUCATIONS,
    Division.SEX: SEXES,
    Division.LEARNER: LEARNER_STATES,
    Division.STATE: CLASS_STATES,
}
_FAULTS: dict[Fault, Words] = {
    Fault.NOT_A_FILTER: gettext_lazy(
        "“%(name)s” is no filter here. Nothing is shown, because it would be more than was asked for."
    ),
    Fault.TWICE: gettext_lazy("Choose one value; the address holds two."),
    Fault.NOT_THERE: gettext_lazy("There is no such choice: %(value)s"),
    Fault.NOT_A_DAY: gettext_lazy("“%(value)s” is no date. Write it like 2026-11-24."),
    Fault.NOT_A_NUMBER: gettext_lazy("“%(value)s” is no number that fits here."),
    Fault.WRONG_ORDER: gettext_lazy("The end lies before the beginning."),
    Fault.TOO_LONG: gettext_lazy("Search for at most 60 characters."),
    Fault.NOT_YOURS: gettext_lazy("This is not within what you answer for, or does not exist."),
}


def fault_said(fault: FilterFault) -> str:
    """Say what is wrong with one part of a filter."""
    return str(_FAULTS[fault.fault]) % {"name": fault.name, "value": fault.value[:60]}


def part_label(by: Division, key: str, named: str) -> str:
    """Return what a part of a division is called."""
    if named:
        return named
    if by is Division.AGE:
        return _age_label(int(key)) if key else _("not told")
    if by is Division.GROUP and not key:
        return _("no group told")
    words = _NAMES.get(by, {})
    return str(words.get(key, key)) or _("not told")


def _age_label(band: int) -> str:
    if band == 0:
        return _("below %(age)d") % {"age": AGE_BANDS[0]}
    if band == len(AGE_BANDS):
        return _("%(age)d and above") % {"age": AGE_BANDS[-1]}
    return _("%(first)d to %(last)d") % {"first": AGE_BANDS[band - 1], "last": AGE_BANDS[band] - 1}


def progress_label(band: int) -> str:
    """Return what a band of progress is called."""
    if band == 0:
        return _("nothing completed yet")
    if band == len(PROGRESS_BANDS) - 1:
        return _("all lessons completed")
    return f"{PROGRESS_BANDS[band]}%–{PROGRESS_BANDS[band + 1] - 1}%"
