"""Why a step of a settlement is not taken, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.archive.errors import (
    AttendanceOpen,
    ClassNotOver,
    FiguresChanged,
    HoursSettled,
    NobodyEnrolled,
    NotTheTurn,
    NotYours,
    OwnHours,
    SamePerson,
    SettlementRefusal,
    StillAtTest,
    StillFrozen,
    StillOpen,
    WarnedMeanwhile,
)

SENTENCES: dict[type[SettlementRefusal], str | Promise] = {
    ClassNotOver: _("The class still runs. Settle it after its last day."),
    NobodyEnrolled: _("Nobody is in this class: there is nothing to settle."),
    NotTheTurn: _("The settlement has moved on since you opened the page. Look at it again."),
    NotYours: _("This step belongs to another role."),
    SamePerson: _("You proposed this yourself. Another person must confirm it, whatever role you look through."),
    OwnHours: _("Your own hours are among these. Somebody else must confirm them."),
    FiguresChanged: _("The records have changed since this was proposed. Send it back, so that it is proposed anew."),
    StillFrozen: _("Hours of this class are under review by the supervisor. Settle it when the case is decided."),
    WarnedMeanwhile: _(
        "Something was said about an enrolled face since you opened the page. Read the warning below, and decide then."
    ),
    AttendanceOpen: _(
        "Attendance of this class has no end yet: a lesson may still be signed out of, a statement waits for its signature, or an objection for its answer. Look into the teaching plan."
    ),
    HoursSettled: _("The hours of this class are settled: its attendance stays as it is."),
    StillAtTest: _("Somebody still sits at a test. Settle the class when its time is up, within the hour."),
    StillOpen: _("Something of this class has no end yet. Settle it when all of it has ended."),
}


def refusal_said(refusal: SettlementRefusal) -> str:
    """Say why a step is not taken, and what to do; an unknown refusal is a fault of ours and raises KeyError."""
    return str(SENTENCES[type(refusal)])
