"""Fetching the file of an export: who asked for it, in the same role, while it is there. Clause M2."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.kernel.locked_file import unlocked
from jiangxue.kernel.viewer import Viewer
from jiangxue.reporting.errors import ExportExpired, NotMadeYet
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exports import own_export
from jiangxue.reporting.rules.exports import Format
from jiangxue.reporting.storage import export_storage, stored_name

TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file on its way to who asked for it."""

    name: str
    size: int
    type: str
    blocks: Iterator[bytes]


def fetch_export(*, viewer: Viewer, export_id: UUID, by: Actor, now: datetime) -> Fetched:
    """Return the file of one's own export, and record that it was fetched; raises `NoSuchExport`, `NotMadeYet` or `ExportExpired`."""
    export = own_export(viewer, export_id)
    if export.state == Export.State.EXPIRED or (export.expires_at and export.expires_at <= now):
        raise ExportExpired
    if export.state != Export.State.READY:
        raise NotMadeYet
    blocks = _blocks(reveal_bytes(export.key, "sealed"), stored_name(export.pk, export.attempt))
    audit.record("export.downloaded", by=by, at=now, about=("export", export.pk))
    return Fetched(export.name, export.bytes, TYPES[Format(export.format)], blocks)


def _blocks(key: bytes, name: str) -> Iterator[bytes]:
    """Yield what a stored file holds; it is opened before the first block is asked for, so that what is gone is known in time."""
    try:
        file = export_storage().open(name, "rb")
    except OSError:
        raise ExportExpired from None

    def read() -> Iterator[bytes]:
        with closing(file):
            yield from unlocked(key, file)  # type: ignore[arg-type]

    return read()
