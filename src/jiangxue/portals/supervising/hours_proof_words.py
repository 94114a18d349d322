"""Proofs of hours in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.portals.attendance_words import hours_said
from jiangxue.supervision.rules.hours_proofs import ProvedHours, Standing
from jiangxue.ui.course_words import MODES

MINUTE_MS = 60_000
STANDINGS: dict[Standing, str | Promise] = {
    Standing.VALID: _("holds"),
    Standing.REDUCED: _("less counts now than it says"),
    Standing.SUPERSEDED: _("superseded by a newer proof"),
    Standing.WITHDRAWN: _("proof withdrawn"),
    Standing.ERASED: _("erased when the term of the records was over"),
}


def hours_lines(hours: ProvedHours) -> list[dict[str, object]]:
    """Return hours and minutes side by side, a line for each mode and one for all together."""
    lines: list[dict[str, object]] = [
        {
            "label": MODES[name],
            "hours": hours_said(mode.hours),
            "minutes": mode.ms // MINUTE_MS,
            "declared": hours_said(mode.declared),
            "is_total": False,
        }
        for name, mode in hours.modes.items()
    ]
    declared = sum(mode.declared for mode in hours.modes.values())
    total = {
        "label": _("Together"),
        "hours": hours_said(hours.hours),
        "minutes": hours.ms // MINUTE_MS,
        "declared": hours_said(declared),
        "is_total": True,
    }
    return [*lines, total]
