"""Single files of Python that others run on their own machines: the same sources give the same bytes, so that anybody can compare hashes."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.layout import REPOSITORY
from scripts.terminal import say

_SHEBANG = b"#!/usr/bin/env python3\n"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def build(target: Path, main_package: str, others: Sequence[str] = ()) -> None:
    """Write a file that runs `main_package` as `python -m` does, with other packages of src/ that it needs; say its hash."""
    content = _SHEBANG + _zip_of(main_package, others)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(0o755)
    say(f"{hashlib.sha256(content).hexdigest()}  {target}")


def _zip_of(main_package: str, others: Sequence[str]) -> bytes:
    """Return a ZIP file without compression, whose bytes differ from one zlib to the next, and without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _members(main_package, others):
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.create_system = _UNIX
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def _members(main_package: str, others: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    yield "__main__.py", f"import runpy\n\nrunpy.run_module({main_package!r}, run_name='__main__')\n".encode()
    yield "LICENSE", (REPOSITORY / "LICENSE").read_bytes()
    for package in sorted([main_package, *others]):
        for path in sorted((REPOSITORY / "src" / package).rglob("*.py")):
            yield path.relative_to(REPOSITORY / "src").as_posix(), path.read_bytes()
