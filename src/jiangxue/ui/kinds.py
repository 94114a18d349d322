"""The kinds of time, in words and in looks: the one place where a page learns how to say why time did not count.

The names are those of docs/glossary.md (credited time, and the reasons of refused time).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Look(StrEnum):
    """How a kind of time is drawn in the minute bar."""

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"
    REFUSED = "refused"
    REPEAT = "repeat"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of time: its look, its word, and the sentence that explains it to a learner."""

    look: Look
    label: str | Promise
    sentence: str | Promise

    @property
    def is_refused(self) -> bool:
        """Say whether the word needs 未计入 before it; seeing something again, or longer, is no fault and does not."""
        return self.look is Look.REFUSED


def _refused(label: str | Promise, sentence: str | Promise) -> Kind:
    return Kind(Look.REFUSED, label, sentence)


KINDS: dict[str, Kind] = {
    "confirmed": Kind(Look.CONFIRMED, _("confirmed"), _("Credited, and confirmed by a later check-in.")),
    "provisional": Kind(Look.PROVISIONAL, _("awaiting confirmation"), _("Credited; the next check-in confirms it.")),
    "corrected": Kind(
        Look.CORRECTED,
        _("corrected by hand"),
        _("Not counted by the rule; given back after an appeal by two persons, beside the credited time."),
    ),
    "repeat": Kind(Look.REPEAT, _("seen again"), _("You had seen this part before: review is not counted twice.")),
    "page_full": Kind(
        Look.REPEAT, _("page completed"), _("All the time of this page had been credited: turn to the next one.")
    ),
    "other_window": _refused(_("other window"), _("You went on learning in another window or on another device.")),
    "class_closed": _refused(_("class has ended"), _("The class has ended and no longer counts time.")),
    "out_of_hours": _refused(_("outside learning hours"), _("This class does not count time at this hour.")),
    "over_cap": _refused(_("beyond the daily limit"), _("The limit of this day had been reached.")),
    "check_pending": _refused(_("waiting for the check-in"), _("From the check-in's appearance until your answer.")),
    "jumped": _refused(_("skipped ahead"), _("The picture was further on than the time that had passed.")),
    "too_fast": _refused(_("faster than 1x"), _("It was played faster than at normal speed.")),
    "hidden": _refused(
        _("page not in front"), _("The page was in the background, the screen locked or a call answered.")
    ),
    "paused": _refused(
        _("paused"),
        _(
            "Learning was paused or stood still, a page whose time was full was not turned, or what you saw had been learned before."
        ),
    ),
    "silent": _refused(
        _("connection lost"), _("No signal came from the page: the network was down or the page closed.")
    ),
    "lesson_full": _refused(
        _("lesson completed"), _("At that time all of the lesson had been learned; staying longer is not counted.")
    ),
    "missed_check": _refused(_("check-in missed"), _("A check-in after this time was not answered.")),
    "failed_check": _refused(_("check-in not passed"), _("The check-in after this time did not show that it was you.")),
    "overlap": _refused(_("counted elsewhere"), _("The same minutes already count in another activity.")),
    "frozen": _refused(
        _("not recognised for now"),
        _("The supervisor is looking into this day; until it is decided its hours are not recognised."),
    ),
    "withheld": _refused(
        _("not recognised by decision"),
        _("Two persons of the authority decided after a case that the hours of this day are not recognised."),
    ),
    "unconfirmed": _refused(_("never confirmed"), _("No check-in confirmed this time before the class was settled.")),
}
"""Every kind that a stretch may have; an unknown one is a fault of the program and raises KeyError."""
