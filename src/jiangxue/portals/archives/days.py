"""The days of an archive: a line with its minute bar for each, and each with its sessions, stretches and check-ins. Clauses T2.1, T2.6."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Check, Dossier, Session
from jiangxue.kernel.clock import from_ms, learning_day
from jiangxue.learning.rules.shapes import DayShare
from jiangxue.portals.archives.lines import lesson_title
from jiangxue.portals.figures import ShownStretch, figures_of
from jiangxue.ui.checks import CHECK_KINDS, CHECK_OUTCOMES
from jiangxue.ui.durations import seconds
from jiangxue.ui.endings import ENDINGS
from jiangxue.ui.minute_bar import Mark, shown_before_ms

OUTCOMES = ("passed", "missed", "withdrawn", "failed", "unclear", "unavailable")


def outcomes(checks: Iterable[Check]) -> dict[str, int]:
    """Return how many check-ins ended in which way."""
    counted = Counter(check.outcome for check in checks)
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def checks_by_day(dossier: Dossier) -> dict[date, list[Check]]:
    """Return the check-ins of each learning day, in order of time."""
    found: dict[date, list[Check]] = {}
    for check in sorted(dossier.checks, key=lambda each: each.asked_at_ms):
        found.setdefault(learning_day(from_ms(check.asked_at_ms)), []).append(check)
    return found


def day_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return a line for each day on which something was learned or asked, in order."""
    learned, asked = dossier.days, checks_by_day(dossier)
    return [_line(day, learned.get(day, []), asked.get(day, [])) for day in sorted(learned.keys() | asked.keys())]


def _line(day: date, parts: Sequence[tuple[Session, DayShare]], checks: Sequence[Check]) -> dict[str, Any]:
    stretches = [stretch for _, share in parts for stretch in share.stretches]
    return {
        "day": day,
        "stretches": stretches,
        "marks": marks(checks, parts),
        "figures": figures_of(stretches),
        "sessions": len(parts),
        "checks": outcomes(checks),
    }


def marks(checks: Iterable[Check], parts: Sequence[tuple[Session, DayShare]]) -> list[Mark]:
    """Return the seals of check-ins at their places on the bar of a day."""
    stretches = [stretch for _, share in parts for stretch in share.stretches]
    placed = [(check, shown_before_ms(stretches, check.asked_at_ms)) for check in checks]
    return [
        Mark(after_ms, str(CHECK_OUTCOMES[check.outcome]), hollow=check.outcome != "passed")
        for check, after_ms in placed
        if after_ms is not None
    ]


def sessions_on(dossier: Dossier, day: date) -> list[dict[str, Any]]:
    """Return the sessions of a day with their stretches, in order."""
    return [_session(dossier, session, share) for session, share in dossier.days.get(day, [])]


def _session(dossier: Dossier, session: Session, share: DayShare) -> dict[str, Any]:
    return {
        "lesson_title": lesson_title(dossier, session.lesson_id),
        "opened_at": from_ms(session.opened_at_ms),
        "closed_at": from_ms(session.closed_at_ms) if session.closed_at_ms is not None else None,
        "ending": ENDINGS[session.end_reason] if session.end_reason else None,
        "device": session.device,
        "address": session.address,
        "figures": figures_of(share.stretches),
        "bar": share.stretches,
        "stretches": [ShownStretch(stretch) for stretch in share.stretches],
    }


def checks_on(dossier: Dossier, day: date) -> list[dict[str, Any]]:
    """Return the check-ins of a day, in order."""
    lessons = {session.session: session.lesson_id for session in dossier.sessions}
    return [
        {
            "asked_at": from_ms(check.asked_at_ms),
            "kind_label": CHECK_KINDS[check.kind],
            "outcome": check.outcome,
            "outcome_label": CHECK_OUTCOMES[check.outcome],
            "reaction": seconds(check.reaction_ms)
            if check.outcome == "passed" and check.reaction_ms is not None
            else "",
            "wrong_presses": check.wrong_presses,
            "lesson_title": lesson_title(dossier, lessons.get(check.session, 0)),
            "note": _("not seen by the page") if check.shown_at_ms is None and check.outcome == "missed" else "",
        }
        for check in checks_by_day(dossier).get(day, [])
    ]
