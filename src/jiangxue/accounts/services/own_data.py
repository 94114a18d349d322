"""Giving somebody what is held of themselves. Clause M2; PIPL Article 45."""

from datetime import datetime

from jiangxue.accounts.queries.persons import ShownPerson, person_in_full
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Viewer


def reveal_own(*, viewer: Viewer, by: Actor, now: datetime) -> ShownPerson:
    """Return the viewer's own name and numbers in full, and record the act."""
    audit.record("numbers.revealed", by=by, at=now, about=("account", viewer.account_id))
    return person_in_full(viewer.account_id)


def copy_own(*, viewer: Viewer, by: Actor, now: datetime) -> ShownPerson:
    """Return the viewer's own name and numbers for the copy of everything held of them, and record that it is taken."""
    audit.record("own_data.copied", by=by, at=now, about=("account", viewer.account_id))
    return person_in_full(viewer.account_id)
