"""Which fonts this machine has, and which names stand for one of them (fonts.conf)."""

import os
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

CONFIGURATION = Path(__file__).with_name("fonts.conf")
_MAPPED = re.compile(r'<test name="family"><string>([^<]+)</string>')
_LIST = ("fc-list", ":", "family")


def lacking_fonts(asked: Iterable[str]) -> tuple[str, ...]:
    """Return those fonts, sorted, that are neither here nor mapped to one that is."""
    known = mapped_names() | _installed_names()
    return tuple(sorted(name for name in set(asked) if name.lower() not in known))


@cache
def mapped_names() -> frozenset[str]:
    """Return the names, in small letters, that stand for another font."""
    return frozenset(name.lower() for name in _MAPPED.findall(CONFIGURATION.read_text(encoding="utf-8")))


@cache
def _installed_names() -> frozenset[str]:
    """Return the names of all fonts that are here; without fontconfig there is no LibreOffice to use any."""
    try:
        listed = subprocess.run(  # noqa: S603 - no word of it comes from outside
            _LIST,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            check=False,
        ).stdout.decode(errors="replace")
    except OSError:
        return frozenset()
    return frozenset(name.strip().lower() for line in listed.splitlines() for name in line.split(","))
