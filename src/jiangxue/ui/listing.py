"""Words in a row, as the language separates them."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _


def listed(*texts: str | Promise) -> str:
    """Return texts in a row: 甲、乙、丙."""
    separator = _("%(first)s, %(second)s") % {"first": "", "second": ""}
    return separator.join(str(text) for text in texts)
