"""Which refusal something ends in, as a value: a test that proves a guard must fail by an assertion."""

from collections.abc import Callable

from django.db import IntegrityError

from jiangxue.accounts.errors import AccountRefusal
from jiangxue.archive.errors import ArchiveRefusal
from jiangxue.attendance.errors import AttendanceRefusal
from jiangxue.audit.errors import AuditRefusal
from jiangxue.courseware.errors import CoursewareRefusal
from jiangxue.enrolment.errors import EnrolmentRefusal
from jiangxue.facecheck.errors import FaceRefusal
from jiangxue.learning.errors import LearningRefusal
from jiangxue.ledger.errors import LedgerRefusal
from jiangxue.notices.errors import NoticesRefusal
from jiangxue.operations.errors import OperationsRefusal
from jiangxue.reporting.errors import ReportingRefusal
from jiangxue.review.errors import ReviewRefusal
from jiangxue.supervision.errors import SupervisionRefusal

type Refusal = (
    AccountRefusal
    | FaceRefusal
    | LearningRefusal
    | CoursewareRefusal
    | EnrolmentRefusal
    | ReviewRefusal
    | LedgerRefusal
    | ArchiveRefusal
    | AttendanceRefusal
    | EnrolmentRefusal
    | OperationsRefusal
    | EnrolmentRefusal
    | SupervisionRefusal
    | AuditRefusal
    | NoticesRefusal
    | ReportingRefusal
)
_REFUSALS = (
    AccountRefusal,
    FaceRefusal,
    LearningRefusal,
    CoursewareRefusal,
    EnrolmentRefusal,
    ReviewRefusal,
    LedgerRefusal,
    ArchiveRefusal,
    AttendanceRefusal,
    EnrolmentRefusal,
    OperationsRefusal,
    EnrolmentRefusal,
    SupervisionRefusal,
    AuditRefusal,
    NoticesRefusal,
    ReportingRefusal,
)


def refusal_of(act: Callable[[], object]) -> type[Refusal | IntegrityError] | None:
    """Do something and return the refusal that it ended in, None if it was done; what only the database refuses is `IntegrityError`."""
    try:
        act()
    except (*_REFUSALS, IntegrityError) as refusal:
        return type(refusal)
    return None
