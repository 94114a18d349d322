"""Reading the audit: for the audit administrator alone."""

from django.db.models import QuerySet

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.viewer import Role, Viewer


def entries(viewer: Viewer, *, action: str = "") -> QuerySet[AuditEntry]:
    """Return audit entries, newest first; nobody but the audit administrator sees any."""
    if viewer.role is not Role.AUDIT_ADMINISTRATOR:
        return AuditEntry.objects.none()
    found = AuditEntry.objects.order_by("-at", "-pk")
    return found.filter(action=action) if action else found


def actions(viewer: Viewer) -> list[str]:
    """Return the kinds of action that occur, for the filter."""
    return list(entries(viewer).order_by("action").values_list("action", flat=True).distinct())
