"""Live and practice lessons of an archive in words, for page and paper: who signed and stated what, and what was settled of it. Clauses C3, T8.1."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Attendance, Dossier
from jiangxue.attendance.rules.codes import Side
from jiangxue.kernel.clock import from_ms
from jiangxue.portals.archives.lines import People
from jiangxue.portals.attendance_words import hours_said, refused_lines, span_said
from jiangxue.typesetting.words import plain
from jiangxue.ui.course_words import MODES
from jiangxue.ui.roles import recorded_role


def attendance_lines(dossier: Dossier, people: People) -> list[dict[str, Any]]:
    """Return the lessons of which something is on record, in order of time, each with everything that became known of it."""
    by_item: dict[int, list[Attendance]] = {}
    for each in dossier.attendance:
        by_item.setdefault(each.item_id, []).append(each)
    lines = [
        {**_item(found[-1].values), "steps": [_step(each, people) for each in found]} for found in by_item.values()
    ]
    return sorted(lines, key=lambda line: line["starts_at"])


def settled_items(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what was settled of each lesson; nothing in settlements from before attendance was on record."""
    return [
        {**_item(each), "counted_ms": each["counted_ms"], "refused": refused_lines(each["refused_ms"])}
        for each in figures.get("attendance", [])
    ]


def _item(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": values["title"],
        "mode_label": MODES.get(values["mode"], values["mode"]),
        "starts_at": from_ms(values["starts_at_ms"]),
        "ends_at": from_ms(values["ends_at_ms"]),
        "hours": hours_said(values["hours"]),
    }


def _step(each: Attendance, people: People) -> dict[str, Any]:
    values = each.values
    role = "" if each.kind == "signed" else recorded_role(values.get("role", "learner"))
    return {
        "at": from_ms(values["read_at_ms"] if each.kind == "signed" else each.at_ms),
        "role_label": role,
        "name": people.get(values.get("by", 0), ""),
        "act": _act(each),
        "text": values.get("text", ""),
    }


def _act(each: Attendance) -> str:
    values = each.values
    match each.kind:
        case "signed":
            return _("signed in with the code") if values["side"] == Side.IN else _("signed out with the code")
        case "stated":
            start_ms, end_ms = values["present_from_ms"], values["present_until_ms"]
            times = [from_ms(ms) if ms is not None else None for ms in (start_ms, end_ms)]
            return _("states: {said}").format(said=span_said(*times))
        case "reviewed":
            return _("signs") if values["agrees"] else _("sends back")
        case _:
            return _("says that it is wrong")


def step_line(step: Mapping[str, Any]) -> str:
    """Return a step in one line, for paper."""
    who = " ".join(str(each) for each in (step["role_label"], step["name"], step["act"]) if each)
    return plain("\n".join(each for each in (who, step["text"]) if each))
