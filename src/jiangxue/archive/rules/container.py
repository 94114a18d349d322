"""The ZIP of an archive: one form for its contents, so that not a byte of it is uncovered. docs/formats/archive.md."""

import struct
from collections.abc import Mapping
from zlib import crc32

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _FIRST_DAY = 20, 33


def contained(members: Mapping[str, bytes]) -> bytes:
    """Return the container of these members in their order: stored, dated 1980-01-01, without anything else."""
    parts, central, offset = [], [], 0
    for name, content in members.items():
        raw = name.encode("ascii")
        facts = (_VERSION, 0, 0, 0, _FIRST_DAY, crc32(content), len(content), len(content), len(raw), 0)
        parts += [_LOCAL.pack(b"PK\x03\x04", *facts), raw, content]
        central += [_CENTRAL.pack(b"PK\x01\x02", _VERSION, *facts, 0, 0, 0, 0, offset), raw]
        offset += _LOCAL.size + len(raw) + len(content)
    directory = b"".join(central)
    count = len(members)
    return b"".join(parts) + directory + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
