"""Occupations as a table has them."""

from datetime import datetime

from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.occupations.rules.levels import Level
from jiangxue.occupations.rules.table import OccupationRow, write_table
from jiangxue.occupations.services import Imported, import_occupations
from tests.factories import people

ELECTRICIAN = OccupationRow(
    "6-31-01-03", "电工", (Level.FIVE, Level.FOUR), is_practical=True, standard_name="电工国家职业技能标准"
)
WELDER = OccupationRow("6-18-02-04", "焊工", (Level.FIVE,), is_practical=True)
SELLER = OccupationRow("4-01-06-01", "电子商务师", (Level.FOUR, Level.THREE), is_practical=False)
ROWS = (SELLER, WELDER, ELECTRICIAN)


def content_of(*rows: OccupationRow) -> bytes:
    return write_table(rows).encode()


def importer(now: datetime) -> Viewer:
    return people.viewer(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=now))


def imported(now: datetime, *rows: OccupationRow, viewer: Viewer | None = None) -> Imported:
    """Import rows, those of this module when none are given."""
    return import_occupations(
        viewer=viewer or importer(now), content=content_of(*(rows or ROWS)), name="职业目录.csv", by=PROGRAM, now=now
    )
