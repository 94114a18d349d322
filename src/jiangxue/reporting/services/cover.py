"""The cover of an exported workbook: what it holds, for whom, when and how it was made, and what its figures mean. Clauses T1.3, T7."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from jiangxue.accounts.queries import names_of
from jiangxue.kernel.viewer import Role
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Opened, Table
from jiangxue.reporting.rules.cells import hours_in, seconds_in
from jiangxue.reporting.rules.sheets import Kind
from jiangxue.ui.durations import duration
from jiangxue.ui.masking import masked_name
from jiangxue.ui.moments import moment
from jiangxue.ui.roles import role_label

type Line = tuple[str, str]


def cover_of(shown: Opened, export: Export, *, rows: int, rows_sha256: str, now: datetime) -> list[Line]:
    """Return the lines of a cover, names beside what they say."""
    return [
        (_("Content"), str(shown.table.title)),
        *(shown.said or [(_("Conditions"), _("none: everything within reach"))]),
        (_("Exported at"), moment(now)),
        (_("Made for"), _who(export)),
        (_("Personal information"), _masking(export)),
        (_("Number of rows"), str(rows)),
        *_totals(shown.table),
        (_("Check value of the rows (SHA-256)"), rows_sha256),
        *_notes(shown.table),
    ]


def _who(export: Export) -> str:
    """Say for whom it was made: a masked name, the role, and where."""
    names = names_of([export.account_id])
    organisation = export.organisation
    parts = (
        masked_name(names.get(export.account_id, "")),
        str(role_label(Role(export.role), export.organisation_id)),
        organisation.name if organisation else "",
    )
    return " · ".join(part for part in parts if part)


def _masking(export: Export) -> str:
    if export.masked:
        return _("masked: names and numbers are shown in part")
    released = masked_name(names_of([export.released_by_id or 0]).get(export.released_by_id or 0, ""))
    said = _("not masked. Reason: {reason}. Released by {name}. Keep this file safe and delete it when it has served.")
    return said.format(reason=export.reason, name=released)


def _totals(table: Table) -> Iterator[Line]:
    """Yield what columns come to, lengths of time in words and in seconds."""
    sums = table.totals()
    for column in table.columns:
        if column.key in sums:
            name = _("Total: {title}").format(title=column.title)
            yield name, _said(column.kind, sums[column.key])


def _said(kind: Kind, total: int) -> str:
    match kind:
        case Kind.DURATION:
            return _("{duration} ({seconds} s)").format(duration=duration(total), seconds=seconds_in(total))
        case Kind.HOURS:
            return str(hours_in(total))
        case _:
            return str(total)


def _notes(table: Table) -> Iterator[Line]:
    name = _("Notes")
    yield name, _("The check value is that of the same table exported as CSV: whoever has both can compare.")
    kinds = {column.kind for column in table.columns}
    if Kind.DURATION in kinds:
        yield (
            name,
            _(
                "Each length of time stands as words and beside them in seconds. Credited time that no check-in has confirmed yet is provisional; effective time is confirmed time alone."
            ),
        )
    if Kind.HOURS in kinds:
        yield (
            name,
            _(
                "One 学时 is 45 minutes; it is rounded down to 0.01 once, on each row and on the total: rows need not add up."
            ),
        )
    if Kind.MOMENT in kinds or Kind.DAY in kinds:
        yield name, _("Days and times are those of Beijing (Asia/Shanghai).")
