"""For whom a connection speaks to the database: the setting that row-level security reads. Clauses M3, C5; decision 0045."""

from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer

SETTING = "jiangxue.scope"
PROGRAM = "program"


def scope_of(viewer: Viewer) -> str:
    """Return `kind:value:account`: everybody's own rows, and beside them those of an institution, or of a region with all in it."""
    if viewer.role in INSTITUTION_ROLES and viewer.organisation_id is not None:
        return f"institution:{viewer.organisation_id}:{viewer.account_id}"
    if viewer.role == Role.SUPERVISOR and viewer.region:
        return f"region:{viewer.region}:{viewer.account_id}"
    return f"own::{viewer.account_id}"
