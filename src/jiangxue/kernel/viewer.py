"""Who is looking: the first argument of every query that a page may call. Clauses M3, C5."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be; one person may have several roles and looks through one at a time."""

    LEARNER = "learner"
    TEACHER = "teacher"
    HEAD_TEACHER = "head_teacher"
    COURSE_EDITOR = "course_editor"
    INSTITUTION_ADMINISTRATOR = "institution_administrator"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


INSTITUTION_ROLES = frozenset({Role.TEACHER, Role.HEAD_TEACHER, Role.COURSE_EDITOR, Role.INSTITUTION_ADMINISTRATOR})
EXCLUSIVE_ROLES = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""The three administrators: nobody holds two of these, so that none can do another's work."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person in one role; `organisation_id` and `region` bound what that role may see."""

    account_id: int
    role: Role
    organisation_id: int | None = None
    region: str | None = None
