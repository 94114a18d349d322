"""Writing rows of the roster of an application: what identifies people is sealed, each value for its row. Clauses C3, M2."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection

from jiangxue.djangokit.sealed import blind_index, seal_for
from jiangxue.enrolment.models import ClassOpening, RosterEntry
from jiangxue.enrolment.queries.roster_files import entries_of
from jiangxue.enrolment.rules.roster.held import Judged
from jiangxue.enrolment.rules.roster.shapes import Standing, Written

_AT_ONCE = 500
_WRITTEN = ("name", "id_type", "id_number", "phone", "group", "education", "domicile", "employer", "employer_uscc")


def write_entries(
    opening: ClassOpening, new: Sequence[Written], changed: Mapping[int, Written], *, now: datetime
) -> None:
    """Put people on a roster, and write others, by the key of their row, anew."""
    written = {**dict(zip(new_keys(len(new)), new, strict=True)), **changed}
    RosterEntry.objects.bulk_create(
        (entry_of(opening, key, each, now=now) for key, each in written.items()),
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_WRITTEN,
    )


def write_judged(opening: ClassOpening, rows: Iterable[Judged], *, now: datetime) -> None:
    """Put the people of the rows that add or change somebody on a roster; the caller holds the application."""
    written: dict[Standing, dict[str, Written]] = {standing: {} for standing in Standing}
    for each in rows:
        written[each.standing][each.row.written.id_number] = each.row.written
    changed = written[Standing.CHANGED]
    keys = {before.id_number: key for key, before in entries_of(opening, of=changed).items()} if changed else {}
    new = list(written[Standing.NEW].values())
    write_entries(opening, new, {keys[number]: after for number, after in changed.items()}, now=now)


def entry_of(opening: ClassOpening, key: int, written: Written, *, now: datetime) -> RosterEntry:
    """Return the row of somebody under a key, for the caller to save."""
    told = written.background
    entry = RosterEntry(
        pk=key,
        opening=opening,
        name=written.name,
        id_type=written.id_type.value,
        id_number_index=blind_index("id_number", written.id_number),
        created_at=now,
        group=told.group or "",
        education=told.education or "",
        domicile=told.domicile,
        employer=told.employer,
        employer_uscc=told.employer_uscc,
    )
    seal_for(entry, "id_number", written.id_number)
    if written.phone:
        seal_for(entry, "phone", written.phone)
    return entry


def new_keys(count: int) -> Iterable[int]:
    """Draw keys of rows that will be written: what is sealed is sealed for its row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('enrolment_rosterentry', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [int(key) for (key,) in cursor.fetchall()]
