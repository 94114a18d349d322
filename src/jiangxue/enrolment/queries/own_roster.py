"""What institutions wrote down of somebody on rosters, for that person. Clause M2; PIPL Article 45."""

from jiangxue.accounts.queries.holders import index_of
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.models import RosterEntry
from jiangxue.kernel.viewer import Role, Viewer

type Line = RosterEntry
"""What the portals call a line of a roster."""


@as_program()
def own_roster_lines(viewer: Viewer) -> list[Line]:
    """Return the lines with a learner's own identity number on the rosters of all applications, the oldest first, each with its institution."""
    index = index_of(viewer.account_id) if viewer.role is Role.LEARNER else None
    if index is None:
        return []
    found = RosterEntry.objects.filter(id_number_index=index).select_related("opening__institution")
    return list(found.defer("opening__draft").order_by("created_at", "pk"))
