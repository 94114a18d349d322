"""Why something about the plan or the attendance of a class is not done, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.archive.errors import HoursSettled
from jiangxue.attendance import errors as attendance
from jiangxue.enrolment import errors as enrolment
from jiangxue.enrolment.rules.plan import Flaw

type Words = str | Promise

SENTENCES: dict[type[Exception], Words] = {
    attendance.Cancelled: _("This lesson was cancelled."),
    attendance.NotOpenYet: _(
        "It is too early: one signs in from 30 minutes before the beginning, and out from the beginning on."
    ),
    attendance.NoLongerOpen: _("It is too late: one signs in until the end, and out until an hour after it."),
    attendance.NotBegun: _("The lesson has not begun yet."),
    attendance.OutsideItem: _("That time does not lie in the time of the lesson, or has not come yet."),
    attendance.NothingToSay: _("Choose at least one learner, and say why."),
    attendance.NotTheTurn: _("Somebody has stated or signed something since you opened the page. Look at it again."),
    attendance.NotYours: _("This step belongs to another role."),
    attendance.SamePerson: _("You stated this yourself. Another person must sign it, whatever role you look through."),
    attendance.OwnTime: _("This is your own learning time. Somebody else must decide about it."),
    attendance.TooManyObjections: _(
        "Your last objection waits for its answer, or you have made three. Please speak to your head teacher."
    ),
    enrolment.AlreadyBegun: _("One may sign in to the lesson already, or it was cancelled: it stays as it is."),
    enrolment.PlanMovedOn: _("Somebody has changed the lesson since you opened the page. Look at it again."),
    enrolment.NotYoursToPlan: _("The head teacher and the administrators of the institution change the plan."),
    HoursSettled: _("The hours of this class are settled: its attendance stays as it is."),
}
FORBIDDEN = (attendance.NotYours, attendance.SamePerson, attendance.OwnTime, enrolment.NotYoursToPlan)
FLAWS: dict[Flaw, tuple[str, Words]] = {
    Flaw.PAST: ("starts", _("The beginning must lie ahead.")),
    Flaw.ENDS_EARLY: ("ends", _("The end must come after the beginning.")),
    Flaw.OTHER_DAY: ("ends", _("A lesson ends on the day on which it begins. Plan one for each day.")),
    Flaw.OUTSIDE_CLASS: ("day", _("The day must lie between the first and the last day of the class.")),
    Flaw.NO_HOURS: ("hours", _("Say how many class hours it has.")),
    Flaw.TOO_MANY_HOURS: (
        "hours",
        _("That many class hours do not fit between beginning and end; one has 45 minutes."),
    ),
    Flaw.TEACHER: ("teacher", _("Choose one of the teachers of this class.")),
    Flaw.TEACHER_BUSY: (
        "teacher",
        _("This teacher holds another lesson at that time. Choose another time or teacher."),
    ),
}
"""By flaw: the field of the form that it belongs to, and what to say there."""

type Refusal = attendance.AttendanceRefusal | enrolment.PlanRefusal | HoursSettled
REFUSALS = (attendance.AttendanceRefusal, enrolment.PlanRefusal, HoursSettled)


def refusal_said(refusal: Refusal) -> str:
    """Say why something is not done; an unknown refusal is a fault of ours and raises KeyError."""
    return str(SENTENCES[type(refusal)])


def status_of(refusal: Refusal) -> int:
    """Return the status of the page that says so."""
    return 403 if isinstance(refusal, FORBIDDEN) else 409
