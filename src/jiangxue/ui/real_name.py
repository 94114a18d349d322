"""What is said of a real-name verification (实名认证), the same wherever it is said."""

from django.utils.translation import gettext as _


def verification_said(source: str, moment: str, *, is_matched: bool) -> str:
    """Say who has verified an identity, when, and whether name and number were those of one person."""
    words = _("passed ({source}) {moment}") if is_matched else _("not passed ({source}) {moment}")
    return words.format(source=source, moment=moment)
