"""Opening an archive for a page; what does not fit what was sealed raises an alarm, whoever looks."""

from datetime import datetime

from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.rules.dossier import Dossier
from jiangxue.archive.services.giving import report_damage
from jiangxue.enrolment.queries import Place
from jiangxue.ledger.errors import LogDamaged, NoSuchArchive
from jiangxue.ledger.rules.record import Record


def read_or_none(place: Place, now: datetime) -> tuple[list[Record], Dossier] | None:
    """Return the records of an archive and what they tell; None where a content is not the one that was sealed."""
    try:
        return records_and_dossier(place.aid)
    except (LogDamaged, NoSuchArchive) as fault:
        report_damage(place, str(fault), now=now)
        return None
