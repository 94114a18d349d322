"""What may be corrected, and what is wrong with what was typed, in plain words that name the place."""

from django.utils.translation import gettext as _

from jiangxue.accounts.errors import (
    AccountRefusal,
    CorrectionPending,
    NameUnfit,
    NoIdentity,
    NothingToCorrect,
    NumberUnfit,
    ReasonMissing,
)
from jiangxue.accounts.rules.number_flaws import NumberFault


def correction_refused(refusal: AccountRefusal) -> tuple[str | None, str]:
    """Return the field and the words of a refusal; an unknown one is a fault of ours and is raised again."""
    match refusal:
        case NumberUnfit(fault=fault, at=at):
            return "wanted", number_flaw_said(NumberFault(fault), at)
        case NameUnfit():
            return "wanted", _("This cannot be a name: write letters only, at most 60.")
        case NothingToCorrect():
            return "wanted", _("This is what is registered already.")
        case ReasonMissing():
            return "reason", _("Say what is wrong and why.")
        case CorrectionPending():
            return None, _("A request of this kind waits for its decision already. You find it below.")
        case NoIdentity():
            return None, _("No identity number is registered for this account. Please ask your head teacher.")
        case _:
            raise refusal


def number_flaw_said(fault: NumberFault, at: int) -> str:
    """Say which place of an identity number is to be checked."""
    match fault:
        case NumberFault.LENGTH:
            return _("An identity number has 18 places, this one has %(length)d. Please check it.") % {"length": at}
        case NumberFault.NOT_A_DIGIT:
            return _("Place %(at)d of the identity number should be a digit. Please check it.") % {"at": at}
        case NumberFault.NO_DATE:
            return _("Places 7 to 14 of the identity number are no date of birth. Please check them.")
        case NumberFault.CHECK:
            return _("Place 18 of the identity number does not fit. Please check it.")
