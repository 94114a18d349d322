"""The state of a class as people read it."""

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _


class Term(Protocol):
    """Something with a beginning and an end."""

    @property
    def opens_at(self) -> datetime:
        """Return the beginning."""

    @property
    def closes_at(self) -> datetime:
        """Return the end."""


def state_label(term: Term, now: datetime) -> str:
    """Return whether a class is to come, runs, or has ended."""
    if now < term.opens_at:
        return _("not begun")
    return _("running") if now < term.closes_at else _("ended")
