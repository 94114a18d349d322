"""The names of roles as people read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.kernel.viewer import Role

ROLE_LABELS: dict[Role, str | Promise] = {
    Role.LEARNER: _("Learner"),
    Role.TEACHER: _("Teacher"),
    Role.HEAD_TEACHER: _("Head teacher"),
    Role.COURSE_EDITOR: _("Course editor"),
    Role.INSTITUTION_ADMINISTRATOR: _("Institution administrator"),
    Role.REVIEWER: _("Reviewer"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.SYSTEM_ADMINISTRATOR: _("System administrator"),
    Role.SECURITY_ADMINISTRATOR: _("Security administrator"),
    Role.AUDIT_ADMINISTRATOR: _("Audit administrator"),
}


def role_label(role: Role, organisation_id: int | None) -> str | Promise:
    """Return the name of a role as somebody holds it: reviewers are an institution's own or the platform's."""
    if role is not Role.REVIEWER:
        return ROLE_LABELS[role]
    return _("Reviewer of the institution") if organisation_id is not None else _("Reviewer of the platform")


def recorded_role(role: str) -> str | Promise:
    """Return the name of a role as a record bears it, and the record's own word where nothing is called so any more."""
    return ROLE_LABELS[Role(role)] if role in ROLE_LABELS else role
