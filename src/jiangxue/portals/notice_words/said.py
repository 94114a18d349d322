"""What one kind of message consists of, and through which roles it is looked into."""

from dataclasses import dataclass

from django.utils.functional import Promise

from jiangxue.kernel.viewer import EXCLUSIVE_ROLES, Role

ABOUT = ("about",)
LEARNER = frozenset({Role.LEARNER})
HEAD = frozenset({Role.HEAD_TEACHER})
ADMINISTRATOR = frozenset({Role.INSTITUTION_ADMINISTRATOR})
EXPORTERS = frozenset({Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR})
AUDITOR = frozenset({Role.AUDIT_ADMINISTRATOR})
OF_A_CLASS = HEAD | ADMINISTRATOR
STATERS = frozenset({Role.TEACHER, Role.HEAD_TEACHER})
EDITOR = frozenset({Role.COURSE_EDITOR, Role.INSTITUTION_ADMINISTRATOR})
OWN_REVIEWER = frozenset({Role.REVIEWER, Role.INSTITUTION_ADMINISTRATOR})
REVIEWER = frozenset({Role.REVIEWER})
SUPERVISOR = frozenset({Role.SUPERVISOR})
SYSTEM = frozenset({Role.SYSTEM_ADMINISTRATOR})
SECURITY = frozenset({Role.SECURITY_ADMINISTRATOR})
FACES = SYSTEM | SECURITY
ADMINISTRATORS = EXCLUSIVE_ROLES
EVERYBODY_ON_A_STAFF = frozenset(Role) - LEARNER


@dataclass(frozen=True, slots=True)
class Said:
    """One kind of message: its name in lists, its sentence, its roles and its page."""

    label: str | Promise
    sentence: str | Promise
    roles: frozenset[Role]
    page: str = ""
    args: tuple[str, ...] = ()
