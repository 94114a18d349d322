"""Make build/verify.pyz, the verifier of archives as one file that any Python from 3.9 on runs.

The same sources make the same bytes on every machine: nothing is compressed, names are sorted, and every time is 1980.
"""

import zipfile
from pathlib import Path

from scripts.layout import BUILD, REPOSITORY
from scripts.terminal import run_as_program, say

VERIFIER = BUILD / "verify.pyz"
_PACKAGE = "jiangxue_verify"
_SHEBANG = b"#!/usr/bin/env python3\n"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_START = b"""# -*- coding: utf-8 -*-
import sys

if sys.version_info < (3, 9):
    sys.stderr.write("Python 3.9 or later is needed.\\n")
    sys.exit(2)

from jiangxue_verify.__main__ import program

program()
"""


def main() -> int:
    """Make the file and say where it is."""
    BUILD.mkdir(exist_ok=True)
    write(VERIFIER)
    say(f"{VERIFIER.relative_to(REPOSITORY)}: {VERIFIER.stat().st_size:,} bytes")
    return 0


def write(path: Path) -> None:
    """Write the verifier to a file."""
    sources = REPOSITORY / "src" / _PACKAGE
    files = {f"{_PACKAGE}/{source.name}": source.read_bytes() for source in sorted(sources.glob("*.py"))}
    with path.open("wb") as file:
        file.write(_SHEBANG)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, content in {"__main__.py": _START, **files}.items():
                info = zipfile.ZipInfo(name, _LONG_AGO)
                info.create_system = 3
                info.external_attr = 0o644 << 16
                archive.writestr(info, content)
    path.chmod(0o755)


if __name__ == "__main__":
    run_as_program(main)
