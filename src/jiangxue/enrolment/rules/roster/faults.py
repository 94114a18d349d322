"""Why a file cannot be read as a roster."""

from enum import StrEnum


class FileFault(StrEnum):
    """Why a file cannot be read as a roster."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_TABLE = "not_a_table"
    WEB_PAGE = "web_page"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_MUCH = "too_much"
