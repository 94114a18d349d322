"""Why a session ended, in words: the label for every list, and the sentence for the learner's sign-out page.

The names are those of docs/glossary.md; learning/rules/reasons.py has the same.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Ending:
    """A reason in words; `automatic` when the server signed out, not the learner.

    Sentences name figures: `silent` (how long no signal came), `paused` (minutes), `full` (which cap of the day is reached), `hours` (the sentence about them), for learning elsewhere
    `device` and `since`, and for a check that was missed or failed `voided`.
    """

    label: str | Promise
    sentence: str | Promise
    automatic: bool


ENDINGS: dict[str, Ending] = {
    "by_learner": Ending(_("Signed out by yourself"), _("You have signed out."), automatic=False),
    "finished": Ending(_("Lesson finished"), _("You have learned this lesson to its end."), automatic=False),
    "silent": Ending(
        _("Connection lost"),
        _(
            "No signal came from this page for %(silent)s (network down, screen locked or page closed), so you were signed out."
        ),
        automatic=True,
    ),
    "idle": Ending(
        _("Paused too long"),
        _("The lesson was paused for more than %(paused)s minutes, so you were signed out."),
        automatic=True,
    ),
    "missed_check": Ending(
        _("Check-in missed"),
        _(
            "A check-in was not answered in time, so you were signed out. %(voided)s before it do not count. Other provisional time is confirmed by your next check-in."
        ),
        automatic=True,
    ),
    "failed_face": Ending(
        _("Identity not confirmed"),
        _(
            "The face check did not confirm that it was you, so you were signed out. %(voided)s before it do not count for the present. Was it you? Then ask for a review by people."
        ),
        automatic=True,
    ),
    "maintenance": Ending(
        _("Server interrupted"),
        _(
            "Our server was interrupted while a check-in was open, so the check-in was withdrawn. Nothing is taken from your time; another one comes later."
        ),
        automatic=True,
    ),
    "superseded": Ending(
        _("Learning elsewhere"),
        _(
            "You went on learning elsewhere (%(device)s, %(since)s), so counting stopped here. Was it not you? Then change your password."
        ),
        automatic=True,
    ),
    "reopened": Ending(
        _("Page opened again"), _("The page was opened again and counting went on in a new session."), automatic=True
    ),
    "cap_reached": Ending(
        _("Daily limit reached"),
        _("%(full)s. You can go on after midnight."),
        automatic=True,
    ),
    "out_of_hours": Ending(_("Outside learning hours"), "%(hours)s", automatic=True),
    "class_closed": Ending(
        _("Class ended"),
        _("The class has ended and no longer counts time; its lessons can still be watched for review."),
        automatic=True,
    ),
    "repeated_refusals": Ending(
        _("Not counted repeatedly"),
        _("Time was refused several times in a row. Please read the reasons, then start again."),
        automatic=True,
    ),
    "taken_down": Ending(
        _("Course taken down"),
        _(
            "This course has been taken down for the present, so you were signed out. What you have learned is kept; your head teacher will tell you how it goes on."
        ),
        automatic=True,
    ),
    "face_removed": Ending(
        _("Enrolled face deleted"),
        _(
            "Staff compared the enrolled face with your identity document and deleted it, so you were signed out. What you have learned is kept. Before you go on, choose how it is confirmed who you are."
        ),
        automatic=True,
    ),
    "password_changed": Ending(
        _("Password changed"), _("The password was changed, so this session was signed out."), automatic=True
    ),
}
"""Every reason that a session may have ended for; an unknown one is a fault of the program and raises KeyError."""
