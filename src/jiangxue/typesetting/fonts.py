"""The Chinese fonts in which papers are set: those of a folder that the settings name, else those that fontconfig knows."""

import os
import subprocess
from functools import cache
from pathlib import Path

import typst

from jiangxue.typesetting.errors import FontsMissing

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
"""What scripts/setup.sh installs (fonts-noto-cjk of Debian); paper.typ names the same two."""
_LIST = ("fc-list", "--format", "%{file}\n")


@cache
def fonts_of_papers(folder: Path | None) -> typst.Fonts:
    """Return the fonts, read once by each process; `FontsMissing` where the two that are needed are not among them."""
    places = [folder] if folder is not None else _known_places()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(place) for place in places]
    )
    missing = {SERIF, SANS} - set(fonts.families())
    if missing:
        raise FontsMissing(sorted(missing))
    return fonts


def _known_places() -> list[Path]:
    """Return the folders in which fontconfig has the two families; none where it is not installed."""
    listed = "".join(_asked(family) for family in (SERIF, SANS))
    return sorted({Path(line).parent for line in listed.splitlines() if line})


def _asked(family: str) -> str:
    try:
        return subprocess.run(  # noqa: S603 - no word of it comes from outside
            (*_LIST, family),
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            check=False,
        ).stdout.decode(errors="replace")
    except OSError:
        return ""
