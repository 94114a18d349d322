"""Importing the conditions of subsidy: a dated version, all of it or nothing. Clause C6."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.errors import DayIsTaken
from jiangxue.enrolment.models import SubsidyTable
from jiangxue.enrolment.queries.subsidies import require_importer
from jiangxue.enrolment.rules.subsidy_table import read_subsidy_table, to_values
from jiangxue.kernel.viewer import Viewer

LONGEST_SOURCE = 120
_TABLE = hashlib.sha256(b"conditions of subsidy").digest()


@transaction.atomic
def import_subsidy_table(  # noqa: PLR0913  (a file has a name, a version a day)
    *, viewer: Viewer, content: bytes, name: str, valid_from: date, by: Actor, now: datetime
) -> SubsidyTable:
    """Append the table in a file as the version in force from a day on, or raise `UnfitSubsidyTable` or `DayIsTaken`."""
    require_importer(viewer)
    rows = read_subsidy_table(content)
    lock_until_commit(_TABLE)
    if SubsidyTable.objects.filter(valid_from__gte=valid_from).exists():
        raise DayIsTaken
    table = SubsidyTable.objects.create(
        valid_from=valid_from,
        imported_at=now,
        author_id=viewer.account_id,
        source=name[-LONGEST_SOURCE:],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=to_values(rows),
    )
    audit.record("subsidies.imported", by=by, at=now, about=("subsidy_table", table.pk))
    return table
