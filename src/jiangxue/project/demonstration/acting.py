"""Who acts in the demonstration, and on which day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.kernel.zone import LEARNING_ZONE


@dataclass(frozen=True, slots=True)
class Days:
    """The days before the one on which the demonstration is made."""

    now: datetime

    def ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return a time of the day so many days ago."""
        day = learning_day(self.now) - timedelta(days=days)
        return datetime.combine(day, time(hour, minute), LEARNING_ZONE)

    @property
    def opened(self) -> datetime:
        """Return when the demonstration's institution came to the platform."""
        return self.ago(30)


def acting(login_name: str, role: Role) -> Viewer:
    """Return somebody of the staff in a role that they hold."""
    held = memberships(Account.objects.get(login_name=login_name).pk)
    return viewer_for(held.filter(role=role)[0])


_EDITOR: ContextVar[str] = ContextVar("editor", default="editor")


@contextmanager
def edited_by(login_name: str) -> Iterator[None]:
    """Let the editor of another institution be at work for a while."""
    before = _EDITOR.set(login_name)
    try:
        yield
    finally:
        _EDITOR.reset(before)


def editor() -> Viewer:
    """Return the course editor who is at work."""
    return acting(_EDITOR.get(), Role.COURSE_EDITOR)


def reviewer(login_name: str) -> Viewer:
    """Return one of those who review."""
    return acting(login_name, Role.REVIEWER)
