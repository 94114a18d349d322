"""What a file would do, as the page shows it: names and numbers masked."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jiangxue.enrolment.queries.roster_files import Shown
from jiangxue.enrolment.rules.roster.held import Judged
from jiangxue.enrolment.rules.roster.shapes import Standing
from jiangxue.portals.institution.rosters.words import COLUMNS, STANDINGS, sentence_of
from jiangxue.ui.masking import masked_identity, masked_name

HINTS = "hints"
ALL = "all"


def wanted(shown: Shown, show: str) -> list[Judged]:
    """Return the rows that the address asks for: those of a standing, those with hints, or all."""
    rows = shown.verdict.rows
    if show in {each.value for each in Standing}:
        return [each for each in rows if each.standing.value == show]
    return [each for each in rows if has_hints(each)] if show == HINTS else list(rows)


def has_hints(judged: Judged) -> bool:
    """Say whether something is to be known about a row that can be taken in."""
    return judged.standing is not Standing.UNFIT and bool(judged.row.findings)


def first_look(shown: Shown) -> str:
    """Return what is shown first: what is to be mended, where there is something."""
    return Standing.UNFIT.value if shown.verdict.counted(Standing.UNFIT) else ALL


def filters(shown: Shown, show: str) -> list[dict[str, object]]:
    """Return the ways to parts of the list, each with its number."""
    counted = {each.value: shown.verdict.counted(each) for each in Standing}
    labels = {
        Standing.UNFIT.value: _("To be mended"),
        HINTS: _("To be noticed"),
        Standing.NEW.value: _("Added"),
        Standing.CHANGED.value: _("Changed"),
        Standing.SAME.value: _("Unchanged"),
        ALL: _("All"),
    }
    counted |= {HINTS: sum(map(has_hints, shown.verdict.rows)), ALL: len(shown.verdict.rows)}
    return [
        {"label": label, "url": f"?show={name}", "current": name == show, "count": counted[name]}
        for name, label in labels.items()
        if counted[name] or name in (show, ALL)
    ]


def lines(rows: list[Judged]) -> Iterator[dict[str, object]]:
    """Yield rows as lines of the page."""
    for each in rows:
        written = each.row.written
        yield {
            "line": each.row.line,
            "name": masked_name(written.name),
            "number": masked_identity(written.id_number),
            "standing": STANDINGS[each.standing],
            "is_unfit": each.standing is Standing.UNFIT,
            "changes": [COLUMNS[column] for column in each.changes],
            "findings": [
                {
                    "column": COLUMNS[found.column],
                    "sentence": sentence_of(found, written.id_type),
                    "is_hint": found.is_hint,
                }
                for found in each.row.findings
            ],
        }
