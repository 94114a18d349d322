"""Records of who was present at live and practice lessons. docs/rules/attendance.md."""

from jiangxue.archive.rules.dossier import Attendance
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader

_ITEM = ("item", "title", "mode", "hours", "starts_at_ms", "ends_at_ms")
_REQUIRED = {
    "signed": ("side", "read_at_ms", "steps_old", "device", "browser", "address"),
    "stated": ("statement", "ordinal", "present_from_ms", "present_until_ms", "text", "by", "role"),
    "reviewed": ("statement", "agrees", "text", "by", "stated_by", "role"),
    "disputed": ("ordinal", "text", "due_on"),
}


def _reader_of(kind: str) -> Reader:
    def read(gathered: Gathered, at_ms: int, facts: Facts) -> None:
        for required in (*_ITEM, *_REQUIRED[kind]):
            facts[required]
        gathered.attendance.append(Attendance(at_ms, kind, facts["item"], facts))

    return read


READERS: dict[str, Reader] = {f"attendance.{kind}": _reader_of(kind) for kind in _REQUIRED}
