"""Settled hours in words. Clauses T1.3, C3; docs/rules/settlement.md."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.archive.rules.dossier import Dossier
from jiangxue.archive.rules.settlement import Lacking
from jiangxue.kernel.clock import from_ms
from jiangxue.learning.rules.shapes import CONFIRMED
from jiangxue.portals.archives.attendance import settled_items
from jiangxue.portals.archives.lines import People
from jiangxue.portals.attendance_words import hours_said
from jiangxue.portals.figures import Amount
from jiangxue.ui.course_words import MODES
from jiangxue.ui.whole_seconds import whole_seconds

LACKING: dict[str, str | Promise] = {
    Lacking.PLAYED: _("not learned to its end"),
    Lacking.TEST: _("lesson test not passed"),
}


def settlements(dossier: Dossier, people: People) -> list[dict[str, Any]]:
    """Return what the place was settled at, the last first: it alone counts."""
    return [
        {
            **settled(each.values),
            "at": from_ms(each.at_ms),
            "proposed_by": _name(people, each.values["proposed_by"]),
            "confirmed_by": _name(people, each.values["confirmed_by"]),
            "is_corrected": each.values["because"] is not None,
            "is_by_case": each.values["because"] in {case.case for case in dossier.cases},
        }
        for each in reversed(dossier.settlements)
    ]


def _name(people: People, account: int | None) -> str:
    """Return who did it; nobody confirms a freeze, and time alone ends one."""
    return people.get(account, "") if account is not None else ""


def settled(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return settled figures (`PlaceHours.to_values`) for a page: hours by mode, lessons, what was attended, and what was refused and why."""
    refused = _refused(figures["time"]["confirmed_ms"], figures["time"]["refused_ms"])
    return {
        "total": hours_said(sum(figures["hours"].values())),
        "modes": [
            {
                "label": MODES[mode],
                "hours": hours_said(figures["hours"][mode]),
                "declared": hours_said(figures["declared"][mode]),
            }
            for mode in ("online", "live", "practice")
            if figures["hours"][mode] or figures["declared"][mode]
        ],
        "lessons": [_lesson(lesson) for lesson in figures["lessons"]],
        "attendance": settled_items(figures),
        "attended_ms": sum(item["counted_ms"] for item in figures.get("attendance", [])),
        "recognised_lessons": sum(bool(lesson["recognised_ms"]) for lesson in figures["lessons"]),
        "confirmed_ms": figures["time"]["confirmed_ms"],
        "corrected_ms": figures["time"]["corrected_ms"],
        "recognised_ms": figures["recognised_ms"],
        "refused_ms": sum(each.ms for each in refused),
        "refused": refused,
    }


def _refused(confirmed_ms: int, refused_ms: Mapping[str, int]) -> list[Amount]:
    """Return refused time by reason, in whole seconds that add up with the confirmed time beside it, as everywhere else."""
    shown = whole_seconds({CONFIRMED: confirmed_ms, **refused_ms})
    return [Amount(kind, ms) for kind, ms in shown.items() if ms and kind != CONFIRMED]


def _lesson(lesson: Mapping[str, Any]) -> dict[str, Any]:
    is_taught = lesson["taught"]
    refused = _refused(lesson["confirmed_ms"], lesson["refused_ms"])
    lacking = [LACKING[each] for each in lesson["lacking"]] if is_taught else [_("not in the present version")]
    return {
        "title": lesson["title"],
        "approved_ms": lesson["approved_ms"],
        "confirmed_ms": lesson["confirmed_ms"],
        "corrected_ms": lesson["corrected_ms"],
        "refused_ms": sum(each.ms for each in refused),
        "refused": refused,
        "test_score": lesson["test_score"],
        "is_recognised": bool(lesson["recognised_ms"]),
        "lacking": lacking,
    }
