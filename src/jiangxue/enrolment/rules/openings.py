"""Where an application to open a class stands. Clauses T7, C5."""

from enum import StrEnum


class OpeningState(StrEnum):
    """Where an application to open a class (开班申请) stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"
