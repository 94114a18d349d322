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
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.number_flaws import NumberFault
from jiangxue.portals.number_words import number_flaw_said


def correction_refused(refusal: AccountRefusal, id_type: IdType) -> tuple[str | None, str]:
    """Return the field and the words of a refusal about somebody with this kind of document; an unknown one is a fault of ours and is raised again."""
    match refusal:
        case NumberUnfit(fault=fault, at=at):
            return "wanted", number_flaw_said(NumberFault(fault), at, id_type)
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
