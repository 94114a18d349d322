"""The way to the caged process that reads a roster. Nothing of the file is written anywhere on the way."""

from threading import BoundedSemaphore
from typing import Any

from jiangxue.enrolment.errors import UnreadableRoster
from jiangxue.enrolment.intake.limits import WALLS
from jiangxue.enrolment.rules.roster.faults import FileFault
from jiangxue.enrolment.rules.roster.shapes import MOST_BYTES, Line, Sheet
from jiangxue.kernel.cage import BeyondWalls
from jiangxue.kernel.caged_answer import CageBroke, answer_of, only_sense

_CAGED = "jiangxue.enrolment.intake.caged"
_ONE_AT_A_TIME = BoundedSemaphore(2)
"""Files that one process has read at a time: each may take the memory that its walls allow."""


def read_roster(content: bytes) -> list[Sheet]:
    """Return the visible sheets of a file that show something, or raise `UnreadableRoster`."""
    if len(content) > MOST_BYTES:
        raise UnreadableRoster(FileFault.TOO_LARGE)
    try:
        with _ONE_AT_A_TIME:
            answer = answer_of(_CAGED, walls=WALLS, sent=content)
        with only_sense():
            if answer.is_refusal:
                raise UnreadableRoster(FileFault(answer.values["fault"]))
            sheets = [sheet_from(each) for each in answer.values["sheets"]]
    except BeyondWalls as beyond:
        raise UnreadableRoster(FileFault.TOO_MUCH) from beyond
    except CageBroke as broke:
        raise UnreadableRoster(FileFault.DAMAGED) from broke
    shown = [sheet for sheet in sheets if sheet.lines]
    if not shown:
        raise UnreadableRoster(FileFault.EMPTY)
    return shown


def sheet_from(values: dict[str, Any]) -> Sheet:
    """Return a sheet as it was written down as JSON."""
    lines = tuple(Line(int(line["at"]), tuple(map(str, line["cells"]))) for line in values["lines"])
    return Sheet(str(values["name"])[:60], lines, bool(values["has_more"]))
