"""Ways to an export from the pages that show what it holds."""

from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.portals.watching.frame import url_of
from jiangxue.reporting.rules.exports import EXPORTERS

OF_A_CLASS: dict[str, str | Promise] = {
    "learners": _("Learners with their time and hours, those who have left included"),
    "records": _("Learning records: every sign-in and sign-out"),
    "daily": _("Time of each learner, day by day"),
}


def of_class(request: SignedRequest, class_id: int) -> list[dict[str, object]]:
    """Return the tables that can be exported of a class, none for those who export nothing."""
    if request.viewer.role not in EXPORTERS:
        return []
    query = urlencode({"class": class_id})
    return [
        {"label": label, "url": f"{url_of(request, 'ask_export', sheet)}?{query}"}
        for sheet, label in OF_A_CLASS.items()
    ]
