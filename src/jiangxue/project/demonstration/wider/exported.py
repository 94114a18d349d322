"""Tables that were asked for as files: two that the worker makes at its first start, and one unmasked that waits for the second person."""

from datetime import datetime

from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role
from jiangxue.project.demonstration.acting import acting
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Wanted
from jiangxue.reporting.rules.exports import Format
from jiangxue.reporting.services.asking_for_exports import ExportDraft, ask_for_export

_WHY = "向区人社局报送补贴名单，需要完整证件号码。"
EXPORTS = (
    ("supervisor", Role.SUPERVISOR, ExportDraft(Wanted("learners", ""), Format.XLSX)),
    ("supervisor", Role.SUPERVISOR, ExportDraft(Wanted("daily", ""), Format.CSV)),
    ("institution", Role.INSTITUTION_ADMINISTRATOR, ExportDraft(Wanted("classes", ""), Format.XLSX)),
    (
        "institution",
        Role.INSTITUTION_ADMINISTRATOR,
        ExportDraft(Wanted("learners", "", is_masked=False), Format.XLSX, _WHY),
    ),
)


def seed_exports(*, now: datetime) -> None:
    """Ask for them, once."""
    if Export.objects.exists():
        return
    for login_name, role, draft in EXPORTS:
        viewer = acting(login_name, role)
        ask_for_export(viewer=viewer, draft=draft, by=Actor(viewer.account_id, role), now=now)
