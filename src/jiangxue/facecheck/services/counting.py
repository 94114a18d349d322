"""Telling administrators when so many persons have stored face data that a filing is near or due. Clause M2."""

from datetime import datetime

from jiangxue.accounts.queries.recipients import administrators
from jiangxue.facecheck.queries.ways import FILING_AT, WARNING_AT, stored_faces
from jiangxue.kernel.viewer import Role
from jiangxue.notices.queries import untold
from jiangxue.notices.services import tell


def tell_of_number(now: datetime, *, warning_at: int = WARNING_AT, filing_at: int = FILING_AT) -> None:
    """Tell the system and the security administrators once for each of the two numbers that is reached; called once a day."""
    stored = stored_faces()
    reached = [number for number in (warning_at, filing_at) if stored >= number]
    if not reached:
        return
    about = ("stored_faces", reached[-1])
    them = administrators(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    kind = "faces.filing_due" if reached[-1] == filing_at else "faces.many"
    tell(untold(them, kind, about), kind=kind, about=about, params={"count": stored}, at=now)
