"""A worker that is at a large file until somebody kills it: `python -m tests.domains.reporting.exporting_child DATABASE FOLDER EXPORT`."""

import sys
from pathlib import Path
from uuid import UUID

import django
from django.conf import settings
from django.db import connections


def main(database: str, folder: Path, export_id: UUID) -> None:
    django.setup()
    from jiangxue.reporting.services.making_exports import make_export  # noqa: PLC0415  (needs Django set up)
    from tests.conftest import MORNING, HandClock  # noqa: PLC0415
    from tests.factories.tables import ManyRows, registered  # noqa: PLC0415

    connections["default"].settings_dict["NAME"] = database
    settings.WORK_FOLDER = folder
    with registered(ManyRows(3_000_000)):
        make_export(export_id, clock=HandClock(MORNING))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), UUID(sys.argv[3]))
