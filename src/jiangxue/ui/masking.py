"""Names and numbers as pages show them by default: enough to recognise, too little to copy.

Every mask leaves a masked value as it is, so that a page may mask what a view has already masked.
"""

from django.utils.translation import gettext as _

HIDDEN = "*"


def restricted_name() -> str:
    """Return what stands in the place of a name while processing is restricted."""
    return _("processing restricted")


def erased_name() -> str:
    """Return what stands in the place of a name that was erased by law."""
    return _("name erased")


def masked_name(name: str) -> str:
    """Leave the first character of a name (王**); at most two stars, so that a long name does not tell its length."""
    if name in {restricted_name(), erased_name()}:
        return name
    return name[:1] + HIDDEN * min(2, len(name) - 1)


def masked_phone(phone: str) -> str:
    """Leave the first three and the last four digits (138****0001)."""
    return _middle_hidden(phone, first=3, last=4)


def masked_identity(number: str) -> str:
    """Leave the province and the last two characters (44**************1X): neither birthday nor sex is shown."""
    return _middle_hidden(number, first=2, last=2)


def masked_address(address: str) -> str:
    """Leave the first two groups of a network address (113.65.*.*): enough to tell two places apart, not to look one up."""
    separator = ":" if ":" in address else "."
    groups = address.split(separator)
    return separator.join(groups[:2] + [HIDDEN] * len(groups[2:4])) if len(groups) > 2 else address


def _middle_hidden(text: str, *, first: int, last: int) -> str:
    """Hide the middle, or everything when the text is too short to have one."""
    hidden = len(text) - first - last
    if hidden <= 0:
        return HIDDEN * len(text)
    return text[:first] + HIDDEN * hidden + text[-last:]
