"""The dossier of a place in a class, read from what is sealed."""

from uuid import UUID

from jiangxue.archive.rules.dossier import Dossier
from jiangxue.archive.rules.reading.whole import dossier_of
from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.ledger.queries.contents import records_of
from jiangxue.ledger.rules.record import Record


def records_and_dossier(aid: UUID) -> tuple[list[Record], Dossier]:
    """Return the records of an archive and what they tell together. Raises `NoSuchArchive` or `LogDamaged`."""
    with one_snapshot():
        records = records_of(aid)
    return records, dossier_of(records)
