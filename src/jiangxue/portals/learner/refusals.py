"""Why a session cannot be opened, in plain words that say what to do."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jiangxue.learning.errors import (
    AlreadyLearning,
    ClassHasClosed,
    ClassNotOpenYet,
    LearningRefusal,
    NoLongerSignedIn,
    NoTimeToday,
    TooManyOpenings,
    TooManyOpeningsToday,
)
from jiangxue.portals.explaining import hours_of


def refusal_values(refusal: LearningRefusal) -> tuple[dict[str, str], int]:
    """Return what the player is told and the status; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case AlreadyLearning():
            since = localtime(refusal.since).strftime("%H:%M")
            text = _("%(device)s is counting time (signed in at %(since)s). Continue here instead?")
            return _told("already_learning", text % {"device": refusal.device, "since": since}), 409
        case NoTimeToday():
            text = _("You have learned %(hours)s class hours today, which is the limit. You can go on after midnight.")
            return _told("cap_reached", text % {"hours": hours_of(refusal.cap_ms)}), 403
        case ClassHasClosed():
            return _told(
                "class_closed", _("The class has ended and counts no more time. You can still watch for review.")
            ), 403
        case ClassNotOpenYet():
            return _told("class_not_open", _("The class has not begun and does not count time yet.")), 403
        case NoLongerSignedIn():
            return _told("signed_out", _("You are no longer signed in. Load the page anew and sign in.")), 403
        case TooManyOpenings() | TooManyOpeningsToday():
            return _told("too_many_openings", _calm(refusal)), 403
        case _:
            raise refusal


def _calm(refusal: TooManyOpenings | TooManyOpeningsToday) -> str:
    if isinstance(refusal, TooManyOpeningsToday):
        return _("Lessons were opened very often today. What you learned is kept; go on tomorrow at this time.")
    return _("This lesson was opened too often within a minute. Wait a minute, then try again.")


def _told(error: str, message: str) -> dict[str, str]:
    return {"error": error, "message": message}
