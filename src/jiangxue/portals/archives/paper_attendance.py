"""Live and practice lessons of an archive on paper. Clauses C3, T8.1."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Dossier
from jiangxue.portals.archives.attendance import attendance_lines, step_line
from jiangxue.portals.archives.lines import People
from jiangxue.typesetting.shapes import Block, Column, Facts, Heading, Row, Table
from jiangxue.typesetting.words import plain
from jiangxue.ui.durations import duration
from jiangxue.ui.moments import moment


def attendance_part(dossier: Dossier, people: People) -> Iterator[Block]:
    """Yield the lessons with everything that became known of them."""
    found = attendance_lines(dossier, people)
    if not found:
        return
    yield Heading(_("Live and practice lessons"))
    for each in found:
        about = f"{plain(each['title'])} · {each['mode_label']} · {_when(each)}"
        steps = tuple((moment(step["at"]), step_line(step)) for step in each["steps"])
        yield Facts(((_("Lesson"), about), *steps))


def settled_attendance(items: Sequence[dict[str, Any]]) -> Iterator[Block]:
    """Yield what was settled of each lesson."""
    if not items:
        return
    columns = (
        Column(_("Live and practice lessons"), 34),
        Column(_("Time"), 26),
        Column(_("Counted"), 14, is_figure=True),
        Column(_("Not counted"), 26),
    )
    yield Table(columns, tuple(_row(each) for each in items))


def _row(each: dict[str, Any]) -> Row:
    refused = "\n".join(f"{reason['label']} {duration(reason['ms'])}" for reason in each["refused"])
    title = f"{plain(each['title'])}\n{each['mode_label']}"
    return Row((title, _when(each), duration(each["counted_ms"]), refused or "—"))


def _when(each: dict[str, Any]) -> str:
    return f"{moment(each['starts_at'])[:16]} – {moment(each['ends_at'])[11:16]}"
