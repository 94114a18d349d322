"""Occupations, and what an import makes of them, as lines of a page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jiangxue.occupations.rules.changes import Changes
from jiangxue.occupations.rules.table import OccupationRow
from jiangxue.portals.occupation_words import levels_said, standard_said

MOST_SHOWN = 100
"""So many of each kind are shown; the counts are of all."""


def line_of(row: OccupationRow) -> dict[str, object]:
    """Return an occupation in words."""
    return {
        "code": row.code,
        "name": row.name,
        "levels": levels_said(row.levels),
        "is_practical": row.is_practical,
        "standard": standard_said(row),
    }


def change_lines(changes: Changes) -> dict[str, object]:
    """Return what an import changes: counts of all, and the first of each kind in words."""
    return {
        "is_empty": changes.is_empty,
        "kept": changes.kept,
        "added": [line_of(row) for row in changes.added[:MOST_SHOWN]],
        "added_count": len(changes.added),
        "changed": [
            {"code": after.code, "name": after.name, "changes": list(_differences(before, after))}
            for before, after in changes.changed[:MOST_SHOWN]
        ],
        "changed_count": len(changes.changed),
        "retired": [line_of(row) for row in changes.retired[:MOST_SHOWN]],
        "retired_count": len(changes.retired),
    }


def _differences(before: OccupationRow, after: OccupationRow) -> Iterator[dict[str, str]]:
    said = (
        (_("Occupation"), before.name, after.name),
        (_("Levels"), levels_said(before.levels), levels_said(after.levels)),
        (_("Learned by doing"), _yes_or_no(before), _yes_or_no(after)),
        (_("Standard"), standard_said(before), standard_said(after)),
    )
    for label, old, new in said:
        if old != new:
            yield {"label": label, "before": old or _("none"), "after": new or _("none")}


def _yes_or_no(row: OccupationRow) -> str:
    return _("yes") if row.is_practical else _("no")
