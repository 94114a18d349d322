"""A list of regions as people paste it: code and name in each line. GB/T 2260."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_NAME = 60
MOST_LINES = 4000
"""More than all provinces, cities and districts of the country."""
_LINE = re.compile(r"([0-9]{2,6})[\s,，\t;；]+(\S.*)")
_CODE = re.compile(r"[1-9][0-9]([0-9]{2}([0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class PastedRegions:
    """Names by code, and the numbers of the lines that could not be read, from 1."""

    names: dict[str, str]
    unread: tuple[int, ...]


def read_regions(text: str) -> PastedRegions:
    """Read lines of a code and a name, at most 4,000; full width is narrowed, empty lines do not count, zeros at the end of a code (440000) fall away."""
    names: dict[str, str] = {}
    unread = []
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        code = _short(found[1]) if found else ""
        if found is None or number > MOST_LINES or not _CODE.fullmatch(code) or len(found[2]) > LONGEST_NAME:
            unread.append(number)
        else:
            names[code] = " ".join(found[2].split())
    return PastedRegions(names, tuple(unread))


def _short(code: str) -> str:
    """Return a code as it is kept: 440000 is 44, 440100 is 4401."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code
