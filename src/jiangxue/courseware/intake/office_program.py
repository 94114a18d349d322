"""The program that turns Word and PPT files into PDF: LibreOffice, where the machine has it."""

import shutil
from pathlib import Path

_PROGRAM = "soffice.bin"
_READERS = ("libswlo.so", "libsdlo.so")
_USUAL = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
)


def find_office() -> Path | None:
    """Return LibreOffice's own program, where it can read both Word and PPT files.

    It is not the script around it: that would be a second process to end. scripts/setup.sh looks at the same places.
    """
    named = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [*(Path(folder) for folder in _USUAL), *([Path(named).resolve().parent] if named else [])]
    return next(
        (folder / _PROGRAM for folder in folders if all((folder / name).is_file() for name in (_PROGRAM, *_READERS))),
        None,
    )
