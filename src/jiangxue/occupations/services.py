"""Importing the table of occupations: all of it or nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.kernel.viewer import Viewer
from jiangxue.occupations.errors import NoDraft, TableChanged
from jiangxue.occupations.models import Occupation, OccupationTable, TableDraft
from jiangxue.occupations.queries import changes_by, last_table, require_importer
from jiangxue.occupations.rules.table import read_table

LONGEST_SOURCE = 120
_TABLE = hashlib.sha256(b"table of occupations").digest()
_WRITTEN = ("name", "levels", "is_practical", "standard_name", "standard_code", "standard_edition", "retired_at")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many occupations an import added, changed and retired."""

    added: int
    changed: int
    retired: int


@transaction.atomic
def import_occupations(*, viewer: Viewer, content: bytes, name: str, by: Actor, now: datetime) -> Imported:
    """Let the table in a file take the place of the one in use, or raise `UnfitTable` and change nothing."""
    require_importer(viewer)
    rows = read_table(content)
    lock_until_commit(_TABLE)
    changes = changes_by(rows)
    written = [Occupation.of(row) for row in (*changes.added, *(after for _, after in changes.changed))]
    Occupation.objects.bulk_create(written, update_conflicts=True, unique_fields=["code"], update_fields=_WRITTEN)
    Occupation.objects.filter(pk__in=[row.code for row in changes.retired]).update(retired_at=now)
    table = OccupationTable.objects.create(
        imported_at=now,
        author_id=viewer.account_id,
        source=name[-LONGEST_SOURCE:],
        sha256=hashlib.sha256(content).hexdigest(),
        count=len(rows),
    )
    audit.record("occupations.imported", by=by, at=now, about=("occupation_table", table.pk))
    return Imported(len(changes.added), len(changes.changed), len(changes.retired))


@transaction.atomic
def draft_table(*, viewer: Viewer, content: bytes, name: str, by: Actor, now: datetime) -> TableDraft:
    """Keep a file until its administrator has looked at what it changes, in the place of the one kept before, or raise `UnfitTable`."""
    require_importer(viewer)
    read_table(content)
    TableDraft.objects.filter(author_id=viewer.account_id).delete()
    draft = TableDraft.objects.create(
        author_id=viewer.account_id, source=name[-LONGEST_SOURCE:], content=content, drafted_at=now
    )
    audit.record("occupations.drafted", by=by, at=now, about=("occupation_draft", draft.pk))
    return draft


@transaction.atomic
def import_draft(*, viewer: Viewer, draft_id: int, based_on: int, by: Actor, now: datetime) -> Imported:
    """Import a draft whose changes were shown against the table `based_on` (0: none); `TableChanged` when another one came since."""
    draft = _draft_to_end(viewer, draft_id)
    lock_until_commit(_TABLE)
    last = last_table()
    if based_on != (last.pk if last else 0):
        raise TableChanged
    imported = import_occupations(viewer=viewer, content=bytes(draft.content), name=draft.source, by=by, now=now)
    draft.delete()
    return imported


@transaction.atomic
def discard_draft(*, viewer: Viewer, draft_id: int, by: Actor, now: datetime) -> None:
    """Give a draft up."""
    _draft_to_end(viewer, draft_id).delete()
    audit.record("occupations.discarded", by=by, at=now, about=("occupation_draft", draft_id))


def _draft_to_end(viewer: Viewer, draft_id: int) -> TableDraft:
    require_importer(viewer)
    draft = TableDraft.objects.select_for_update().filter(pk=draft_id, author_id=viewer.account_id).first()
    if draft is None:
        raise NoDraft
    return draft
