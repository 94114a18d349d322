"""All readers, and the dossier that they make of the records of an archive. Clause T8.1: nothing that is sealed is left out."""

from collections.abc import Mapping, Sequence

from jiangxue.archive.rules.dossier import Dossier
from jiangxue.archive.rules.reading import (
    appeals,
    attendance,
    cases,
    checks,
    consents,
    enrolments,
    erasure,
    faces,
    identities,
    lesson_tests,
    people,
    promises,
    ratings,
    settlements,
    time,
)
from jiangxue.archive.rules.reading.gathering import NOT_UNDERSTOOD, Gathered, Reader
from jiangxue.ledger.rules.record import Record

READERS: dict[str, Reader] = {
    **enrolments.READERS,
    **time.READERS,
    **checks.READERS,
    **faces.READERS,
    **people.READERS,
    **attendance.READERS,
    **lesson_tests.READERS,
    **appeals.READERS,
    **cases.READERS,
    **ratings.READERS,
    **settlements.READERS,
    **consents.READERS,
    **promises.READERS,
    **identities.READERS,
    **erasure.READERS,
}


def dossier_of(records: Sequence[Record]) -> Dossier:
    """Return what the records of an archive, in their order, tell together; those that tell nothing are named."""
    gathered = Gathered()
    unread = _read_all(gathered, dict(enumerate(records, 1)))
    return Dossier(
        opened_at_ms=gathered.opened_at_ms,
        descriptions=tuple(gathered.descriptions),
        versions_changed=tuple(gathered.versions_changed),
        sessions=time.sessions(gathered),
        checks=tuple(gathered.checks),
        faces=tuple(gathered.faces.values()),
        faces_forgotten=tuple(gathered.faces_forgotten),
        words=tuple(sorted(gathered.words, key=lambda word: word.at_ms)),
        attendance=tuple(sorted(gathered.attendance, key=lambda each: each.at_ms)),
        attempts=tuple(gathered.attempts.values()),
        appeals=tuple(gathered.appeals.values()),
        cases=tuple(sorted(gathered.cases.values(), key=lambda each: each.at_ms)),
        ratings=tuple(rating for _, rating in sorted(gathered.ratings.items())),
        settlements=tuple(settled for _, settled in sorted(gathered.settlements.items())),
        consents=tuple(gathered.consents),
        promises=tuple(sorted(gathered.promises, key=lambda promised: promised.at_ms)),
        verifications=tuple(gathered.verifications),
        erased=gathered.erased if any(record.data is None for record in records) else None,
        records=len(records),
        waiting=sum(record.number is None for record in records),
        last_at_ms=max((record.at_ms for record in records), default=0),
        unread=tuple(unread),
    )


def _read_all(gathered: Gathered, records: Mapping[int, Record]) -> list[int]:
    """Read records and return the places of those that tell nothing; what waits to be sealed may stand before what it speaks of."""
    unread = {place: record for place, record in records.items() if not _is_read(gathered, record)}
    return _read_all(gathered, unread) if len(unread) < len(records) and unread else list(unread)


def _is_read(gathered: Gathered, record: Record) -> bool:
    """Read one record, or say that it tells nothing: of no known kind, erased, or not understood."""
    reader = READERS.get(record.kind)
    if reader is None or record.data is None:
        return False
    try:
        reader(gathered, record.at_ms, record.data)
    except NOT_UNDERSTOOD:
        return False
    return True
