"""Single files of Python that others run on their own machines, Python 3.9 or later.

The same sources make the same bytes on every machine, so that anybody can compare hashes: nothing is compressed, names are sorted, and
every time is 1980.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from scripts.layout import REPOSITORY
from scripts.terminal import say

_SHEBANG = b"#!/usr/bin/env python3\n"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_START = """# -*- coding: utf-8 -*-
import sys

if sys.version_info < (3, 9):
    sys.stderr.write("需要 Python 3.9 或更高版本。 Python 3.9 or later is needed.\\n")
    sys.exit(2)

from {package}.__main__ import program

program()
"""


def write(path: Path, package: str, *others: str) -> None:
    """Write a file that runs `program` of a package's `__main__`, with other packages of src/ that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_SHEBANG)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, content in sorted(_members(package, *others)):
                info = zipfile.ZipInfo(name, _LONG_AGO)
                info.create_system = _UNIX
                info.external_attr = 0o644 << 16
                archive.writestr(info, content)
    path.chmod(0o755)


def say_what_is(path: Path) -> None:
    """Say where a file is, how large, and its SHA-256."""
    content = path.read_bytes()
    say(f"{path.relative_to(REPOSITORY)}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


def _members(package: str, *others: str) -> Iterator[tuple[str, bytes]]:
    yield "__main__.py", _START.format(package=package).encode()
    yield "LICENSE", (REPOSITORY / "LICENSE").read_bytes()
    for name in (package, *others):
        for source in (REPOSITORY / "src" / name).glob("*.py"):
            yield f"{name}/{source.name}", source.read_bytes()
