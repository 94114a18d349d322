"""What states and faults of exports are called, and what is to be done."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.reporting.errors import Fault as FilterFault
from jiangxue.reporting.rules.exports import Fault

type Words = str | Promise

STATES: dict[str, Words] = {
    "asked": _("waiting for release"),
    "waiting": _("in the queue"),
    "working": _("being made"),
    "ready": _("ready to be fetched"),
    "failed": _("not made"),
    "refused": _("not released"),
    "expired": _("expired"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What happened, and what to do."""

    sentence: Words
    advice: Words


FAULTS: dict[str, Said] = {
    Fault.TOO_MANY_ROWS: Said(
        _("The list has grown too long for a file."),
        _("Narrow the filter, for instance by days, and export it in parts."),
    ),
    Fault.ROLE_LOST: Said(
        _("You did not hold the role any more in which you asked."), _("Ask whoever gives out the roles.")
    ),
    Fault.OUT_OF_REACH: Said(
        _("What was asked for is not within your reach any more."),
        _("Open the list again and export what you see there."),
    ),
    Fault.WORKER_LOST: Said(
        _("The platform could not finish the file; it is not your fault."), _("Try it again with the button below.")
    ),
    Fault.REFUSED: Said(
        _("The second person has not released it."), _("Export it masked, or ask again with a clearer reason.")
    ),
    Fault.NOT_RELEASED: Said(
        _("Nobody released it within three days."),
        _("Speak to whoever may release it and ask again, or export it masked."),
    ),
}
FILTER_FAULTS: dict[FilterFault, Words] = {
    FilterFault.NOT_YOURS: _("is not within your reach"),
    FilterFault.WRONG_ORDER: _("ends before it begins"),
}
