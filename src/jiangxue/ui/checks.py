"""Checks in words: what was asked and how it ended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.kernel.clock import to_ms
from jiangxue.ui.faces import TRIGGERS, UNAVAILABLE, word_of
from jiangxue.ui.minute_bar import Mark, Placed, shown_before_ms

CHECK_KINDS: dict[str, str | Promise] = {
    "": gettext_lazy("check-in, never shown"),
    "confirm": gettext_lazy("check-in by choice"),
    "simple_question": gettext_lazy("check-in by question"),
    "course_question": gettext_lazy("check-in by question"),
    "face": gettext_lazy("check-in by face"),
}
CHECK_OUTCOMES: dict[str, str | Promise] = {
    "": gettext_lazy("waiting for the answer"),
    "passed": gettext_lazy("passed"),
    "missed": gettext_lazy("missed"),
    "withdrawn": gettext_lazy("could not take place"),
    "failed": gettext_lazy("not confirmed to be the learner"),
    "unclear": gettext_lazy("a person decides"),
    "unavailable": gettext_lazy("not possible on this device"),
}
PASSED = "passed"
FACE = "face"


class Check(Protocol):
    """A check, as far as pages show it."""

    kind: str
    outcome: str
    asked_at: datetime
    shown_at: datetime | None
    expires_at: datetime
    settled_at: datetime | None
    wrong_presses: int
    trigger: str
    unavailable_why: str


def check_facts(check: Check) -> dict[str, object]:
    """Return what templates show of a check."""
    return {
        "kind_label": CHECK_KINDS[check.kind],
        "outcome_label": CHECK_OUTCOMES[check.outcome],
        "passed": check.outcome == PASSED,
        "asked_at": check.asked_at,
        "shown_at": check.shown_at,
        "expires_at": check.expires_at,
        "settled_at": check.settled_at,
        "wrong_presses": check.wrong_presses,
        "trigger_label": word_of(TRIGGERS, check.trigger) if check.trigger else "",
        "is_by_staff": is_by_staff(check),
        "why_label": word_of(UNAVAILABLE, check.unavailable_why) if check.unavailable_why else "",
    }


def is_by_staff(check: Check) -> bool:
    """Say whether a face was due and the learner is confirmed by staff instead: then attention alone was asked."""
    return bool(check.trigger) and check.kind not in {"", FACE}


def marks_of(checks: Iterable[Check], stretches: Iterable[Placed]) -> list[Mark]:
    """Return the seals of those checks that were asked within the time that a bar shows."""
    known = list(stretches)
    placed = [(check, shown_before_ms(known, to_ms(check.asked_at))) for check in checks]
    return [
        Mark(after_ms, _titled(check), hollow=check.outcome != PASSED)
        for check, after_ms in placed
        if after_ms is not None
    ]


def _titled(check: Check) -> str:
    """Name a check in one line (14:05 随机打卡 · 通过)."""
    words = {"at": timezone.localtime(check.asked_at).strftime("%H:%M"), "outcome": CHECK_OUTCOMES[check.outcome]}
    return _("%(at)s check-in · %(outcome)s") % words
