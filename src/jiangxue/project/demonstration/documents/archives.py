"""Office files are ZIP archives; the time of their making is taken out of them, so that the same text gives the same bytes."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CREATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_TIME = rb"\g<1>2026-03-02T01:00:00Z"


def without_times(archive: bytes) -> bytes:
    """Return the archive with the times of its entries, of its properties and of workbooks inside it set to fixed ones."""
    return rewritten(archive, lambda parts: {name: _without_times(name, body) for name, body in parts.items()})


def rewritten(archive: bytes, change: Callable[[Mapping[str, bytes]], Mapping[str, bytes]]) -> bytes:
    """Return the archive with its entries changed, in their order and with no time of their own."""
    with ZipFile(BytesIO(archive)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, body in change(parts).items():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, body)
    return buffer.getvalue()


def _without_times(name: str, body: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return without_times(body)
    return _CREATED.sub(_PLAIN_TIME, body) if name == "docProps/core.xml" else body
