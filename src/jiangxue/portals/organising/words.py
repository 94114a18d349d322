"""Organisations and what is wrong with a code, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.organisations.rules.uscc import LENGTH, UsccFault

KINDS: dict[str, str | Promise] = {
    "institution": gettext_lazy("Training institution"),
    "enterprise": gettext_lazy("Enterprise"),
    "authority": gettext_lazy("Labour authority"),
}


def uscc_flaw_said(fault: str, at: int) -> str:
    """Say what is wrong with a unified social credit code, and where."""
    match UsccFault(fault):
        case UsccFault.LENGTH:
            said = _("The code has %(length)d characters; a unified social credit code has %(right)d.")
            return said % {"length": at, "right": LENGTH}
        case UsccFault.CHARACTER:
            said = _("Character %(at)d cannot stand there: digits and capital letters except I, O, S, V, Z.")
            return said % {"at": at}
        case _:
            return _("The last character does not fit the others. Compare the code with the licence.")
