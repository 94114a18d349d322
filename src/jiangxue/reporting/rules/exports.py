"""What exports (导出) are bound by: who may ask for them, how many, how long, and what their files are called. Clauses T7, M2."""

import re
from datetime import date, timedelta
from enum import StrEnum

from jiangxue.kernel.viewer import Role

KEPT = timedelta(hours=24)
"""How long a file can be fetched; then it is removed and its key forgotten."""
RELEASED_WITHIN = timedelta(days=3)
"""How long a request for unmasked data waits for the second person."""
LISTED = timedelta(days=184)
"""How long an export that has ended stands in its list, until no message leads to it any more; the audit says longer who asked for it."""
MOST_ON_THE_WAY = 3
"""How many exports of one person wait or are made at once, those that wait for a release included."""
MOST_ROWS = 3_000_000
"""More than a table of this many rows is no table that anybody reads: the filter has to be narrowed."""
ROWS_A_WORKSHEET = 1_048_575
"""What a worksheet holds beside its line of titles."""
CELLS_A_WORKSHEET = 12_000_000
"""Wider tables begin a new worksheet earlier: one of 2 GiB, some forty million cells, needs a kind of ZIP that Excel offers to repair."""
MOST_ATTEMPTS = 3
"""How often a file is begun whose worker ends in the middle, before a person is asked."""
LONGEST_QUERY = 2000
_NAMED_BY = 12
_NOT_IN_NAMES = re.compile(r"[^\w.()（）-]+")


class Format(StrEnum):
    """Kinds of files."""

    XLSX = "xlsx"
    CSV = "csv"


class Fault(StrEnum):
    """Why an export came to nothing."""

    TOO_MANY_ROWS = "too_many_rows"
    ROLE_LOST = "role_lost"
    OUT_OF_REACH = "out_of_reach"
    WORKER_LOST = "worker_lost"
    REFUSED = "refused"
    NOT_RELEASED = "not_released"


OURS = frozenset({Fault.WORKER_LOST})
"""What was the platform's fault and may go well the next time."""

RELEASED_BY = {
    Role.HEAD_TEACHER: Role.INSTITUTION_ADMINISTRATOR,
    Role.INSTITUTION_ADMINISTRATOR: Role.INSTITUTION_ADMINISTRATOR,
    Role.SUPERVISOR: Role.SUPERVISOR,
}
"""Who may ask for unmasked data, and which role of the same organisation releases it: another person, never the same."""
EXPORTERS = frozenset({Role.TEACHER, *RELEASED_BY})
"""Those who may export at all what they see of classes; the audit administrator, beside them, exports the audit."""


def may_have_unmasked(role: Role) -> bool:
    """Say whether a role may ask for data that is not masked; another person of the same organisation has to release it."""
    return role in RELEASED_BY


def asked_by(releasing: Role) -> frozenset[Role]:
    """Return the roles whose requests a role may release, none for most."""
    return frozenset(role for role, second in RELEASED_BY.items() if second is releasing)


def file_name(title: str, day: date, rows: str, sha256: str, kind: Format) -> str:
    """Return what a file is called: what it holds, the day, how many rows, and how its 校验值 begins.

    `rows` comes in words. Signs that file systems refuse become a dash; the title is cut at 40 signs.
    """
    plain = _NOT_IN_NAMES.sub("-", title).strip("-.")[:40]
    return f"{plain}-{day.isoformat()}-{rows}-{sha256[:_NAMED_BY]}.{kind}"
