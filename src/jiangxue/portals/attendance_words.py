"""Live and practice lessons and who was present, in words, for all audiences. docs/rules/attendance.md."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.archive.rules.freezes import KeptOut
from jiangxue.attendance.models import AttendanceStatement
from jiangxue.attendance.queries.sheet import Entry
from jiangxue.attendance.rules.codes import Side
from jiangxue.attendance.rules.hints import Hint
from jiangxue.attendance.rules.presence import Presence, Standing
from jiangxue.attendance.rules.time import Reason
from jiangxue.courseware.rules.content import HOUR_PARTS
from jiangxue.enrolment.models import PlanChange
from jiangxue.enrolment.rules.plan import PlanStep
from jiangxue.ui.kinds import KINDS
from jiangxue.ui.roles import recorded_role

type Words = str | Promise

REASONS: dict[Reason, Words] = {
    Reason.NOT_PRESENT: gettext_lazy("not present"),
    Reason.NO_SIGN_IN: gettext_lazy("signed out, not signed in"),
    Reason.NO_SIGN_OUT: gettext_lazy("signed in, not signed out"),
    Reason.OVERLAP: gettext_lazy("counted already at the same time"),
    Reason.HOURS_FULL: gettext_lazy("beyond the planned hours"),
    Reason.OVER_CAP: gettext_lazy("beyond the day's cap"),
}
STANDINGS: dict[Standing, Words] = {
    Standing.PRESENT: gettext_lazy("present"),
    Standing.ABSENT: gettext_lazy("not present"),
    Standing.NO_SIGN_IN: gettext_lazy("signed out, not signed in"),
    Standing.NO_SIGN_OUT: gettext_lazy("signed in, not signed out"),
    Standing.NOTHING: gettext_lazy("not signed in at the lesson"),
}
SIDES: dict[Side, Words] = {Side.IN: gettext_lazy("Sign in on site"), Side.OUT: gettext_lazy("Sign out on site")}
HINTS: dict[Hint, Words] = {
    Hint.SHARED_BROWSER: gettext_lazy("the same phone signed for several learners"),
    Hint.OTHER_ADDRESS: gettext_lazy("another network than nearly everybody else"),
}
PLAN_STEPS: dict[PlanStep, Words] = {
    PlanStep.ADDED: gettext_lazy("adds it to the plan"),
    PlanStep.CHANGED: gettext_lazy("changes it"),
    PlanStep.CANCELLED: gettext_lazy("cancels it"),
}


def hours_said(hundredths: int) -> str:
    """Write hundredths of a 学时 with two decimals."""
    return f"{hundredths // HOUR_PARTS}.{hundredths % HOUR_PARTS:02d}"


def refused_lines(refused_ms: Mapping[str, int] | Mapping[Reason, int]) -> list[dict[str, object]]:
    """Return why time of an item does not count, and how much; a reason that this program does not know by its own name."""
    return [{"label": reason_label(str(reason)), "ms": ms} for reason, ms in refused_ms.items()]


def reason_label(reason: str) -> Words:
    """Return what a reason is called; one that this program does not know by its own name."""
    if reason in set(KeptOut):
        return KINDS[reason].label
    return REASONS[Reason(reason)] if reason in set(Reason) else reason


def span_said(start: datetime | None, end: datetime | None) -> str:
    """Say from when until when somebody was present, or that they were not."""
    if start is None or end is None:
        return _("not present")
    return _("present {start} – {end}").format(start=time_said(start), end=time_said(end))


def time_said(at: datetime) -> str:
    """Write a time of day to the second where it has seconds."""
    local = timezone.localtime(at)
    return local.strftime("%H:%M:%S" if local.second else "%H:%M")


def standing_said(presence: Presence, entry: Entry) -> Words:
    """Say what is known of somebody; by staff where a signed statement says so."""
    said = STANDINGS[presence.standing]
    by_staff = any(getattr(each, "review", None) and each.review.agrees for each in entry.statements)
    return _("{standing} (confirmed by staff)").format(standing=said) if by_staff else said


def steps_said(entry: Entry, *, names: bool) -> list[dict[str, object]]:
    """Return all that was said of somebody at an item, in order of time, as ui/appeal_steps.html shows it; learners read no names of staff."""
    steps = [
        {"name": "", "role_label": "", "at": mark.at, "act": _scanned(Side(mark.side)), "text": ""}
        for mark in entry.marks
    ]
    steps += [
        {
            "name": "",
            "role_label": recorded_role("learner"),
            "at": each.at,
            "act": _("says that it is wrong"),
            "text": each.text,
        }
        for each in entry.objections
    ]
    steps += [step for statement in entry.statements for step in _statement_steps(statement, names=names)]
    return sorted(steps, key=lambda step: str(step["at"]))


def _scanned(side: Side) -> str:
    return _("signed in with the code") if side is Side.IN else _("signed out with the code")


def _statement_steps(statement: AttendanceStatement, *, names: bool) -> Iterable[dict[str, object]]:
    yield {
        "name": statement.by.name if names else "",
        "role_label": recorded_role(statement.role),
        "at": statement.at,
        "act": _("states: {said}").format(said=span_said(statement.present_from, statement.present_until)),
        "text": statement.text,
    }
    review = getattr(statement, "review", None)
    if review is not None:
        yield {
            "name": review.by.name if names else "",
            "role_label": recorded_role(review.role),
            "at": review.at,
            "act": _("signs") if review.agrees else _("sends back"),
            "text": review.text,
        }


def changes_said(changes: Iterable[PlanChange], *, names: bool) -> list[dict[str, object]]:
    """Return what became of an item of the plan, as ui/appeal_steps.html shows it."""
    return [
        {
            "name": change.by.name if names else "",
            "role_label": recorded_role(change.role),
            "at": change.at,
            "act": PLAN_STEPS[PlanStep(change.kind)],
            "text": change.reason,
        }
        for change in changes
    ]
