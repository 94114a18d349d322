"""Why a session cannot be opened, in plain words that say what to do."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jiangxue.learning.errors import (
    AlreadyLearning,
    ClassHasClosed,
    ClassNotOpenYet,
    CourseTakenDown,
    LearningRefusal,
    NoLongerSignedIn,
    NoTimeToday,
    NotPromised,
    NoWayChosen,
    OutOfHours,
    TooManyOpenings,
    TooManyOpeningsToday,
)
from jiangxue.portals.explaining import full_cap, hours_sentence


def refusal_values(refusal: LearningRefusal) -> tuple[dict[str, str], int]:
    """Return what the player is told and the status; an unknown refusal is a fault of ours and is raised again."""
    if isinstance(refusal, AlreadyLearning):
        since = localtime(refusal.since).strftime("%H:%M")
        text = _("%(device)s is counting time (signed in at %(since)s). Continue here instead?")
        return _told("already_learning", text % {"device": refusal.device, "since": since}), 409
    return _told(*_not_now(refusal)), 403


def _not_now(refusal: LearningRefusal) -> tuple[str, str]:
    match refusal:
        case NoTimeToday(cap_ms=cap_ms, of_class=of_class):
            text = _("%(full)s. You can go on after midnight.")
            return "cap_reached", text % {"full": full_cap(cap_ms, of_class=of_class)}
        case OutOfHours(from_min=from_min, until_min=until_min):
            text = (
                _("%(hours)s Please come back then.")
                if from_min < until_min
                else _("%(hours)s Tell your head teacher.")
            )
            return "out_of_hours", text % {"hours": hours_sentence(from_min, until_min)}
        case TooManyOpenings() | TooManyOpeningsToday():
            return "too_many_openings", _calm(refusal)
        case _:
            return _no_more(refusal)


def _no_more(refusal: LearningRefusal) -> tuple[str, str]:
    match refusal:
        case ClassHasClosed():
            return "class_closed", _("The class has ended and counts no more time. You can still watch for review.")
        case ClassNotOpenYet():
            return "class_not_open", _("The class has not begun and does not count time yet.")
        case CourseTakenDown():
            return "taken_down", _("This course has been taken down for the present. What you have learned is kept.")
        case NotPromised():
            return "not_promised", _("Read and sign the promise of the class first, on the page of the class.")
        case NoWayChosen():
            return "no_way_chosen", _("This class checks faces. Enrol yours first, or choose to be confirmed by staff.")
        case NoLongerSignedIn():
            return "signed_out", _("You are no longer signed in. Load the page anew and sign in.")
        case _:
            raise refusal


def _calm(refusal: TooManyOpenings | TooManyOpeningsToday) -> str:
    if isinstance(refusal, TooManyOpeningsToday):
        return _("Lessons were opened very often today. What you learned is kept; go on tomorrow at this time.")
    return _("This lesson was opened too often within a minute. Wait a minute, then try again.")


def _told(error: str, message: str) -> dict[str, str]:
    return {"error": error, "message": message}
