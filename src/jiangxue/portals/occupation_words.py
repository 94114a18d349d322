"""What is said of an occupation: its levels, its standard, and how it is learned."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jiangxue.occupations.rules.levels import Level
from jiangxue.occupations.rules.table import OccupationRow

LEVEL_LABELS: dict[Level, str | Promise] = {
    Level.APPRENTICE: gettext_lazy("apprentice"),
    Level.FIVE: gettext_lazy("level 5"),
    Level.FOUR: gettext_lazy("level 4"),
    Level.THREE: gettext_lazy("level 3"),
    Level.TWO: gettext_lazy("level 2"),
    Level.ONE: gettext_lazy("level 1"),
    Level.SPECIAL: gettext_lazy("special technician"),
    Level.CHIEF: gettext_lazy("chief technician"),
}


def levels_said(levels: Iterable[Level]) -> str:
    """Return levels in a row: 五级、四级、三级."""
    return pgettext("between levels", ", ").join(str(LEVEL_LABELS[level]) for level in levels)


def standard_said(row: OccupationRow) -> str:
    """Return the standard of an occupation with its number and edition, empty where none is known."""
    return " ".join(part for part in (row.standard_name, row.standard_code, row.standard_edition) if part)


def facts_said(row: OccupationRow) -> str:
    """Return all that helps to tell an occupation from another: 五级、四级 · 实操类 · its standard."""
    parts = (levels_said(row.levels), _("learned by doing") if row.is_practical else "", standard_said(row))
    return " · ".join(part for part in parts if part)
