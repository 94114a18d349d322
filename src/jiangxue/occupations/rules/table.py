"""A table of occupations as a file: read whole or refused with all its faults, and written so that it can be read again."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jiangxue.kernel.csv_file import BrokenQuotes, Line, NotText, is_formula, lines_of
from jiangxue.kernel.readable import is_readable
from jiangxue.occupations.errors import Fault, UnfitTable, What
from jiangxue.occupations.rules.codes import code_of
from jiangxue.occupations.rules.levels import LEVEL_WORDS, Level, level_of

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 5_000
LONGEST_NAME = 60
LONGEST_OF_STANDARD = 120
HEADER = ("职业编码", "职业名称", "等级", "实操类", "标准名称", "标准编号", "标准版本")
YES, NO = "是", "否"

_BETWEEN_LEVELS = re.compile(r"[;,、\s]+")
_LONGEST = (None, LONGEST_NAME, None, None, LONGEST_OF_STANDARD, LONGEST_OF_STANDARD, LONGEST_OF_STANDARD)


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """One occupation of a table; `levels` ascend, `is_practical` says that it is learned by doing (实操类)."""

    code: str
    name: str
    levels: tuple[Level, ...] = ()
    is_practical: bool = False
    standard_name: str = ""
    standard_code: str = ""
    standard_edition: str = ""


def read_table(content: bytes) -> tuple[OccupationRow, ...]:
    """Return the occupations of a CSV file in UTF-8 or GB18030, or raise `UnfitTable` with everything that is wrong with it."""
    if len(content) > MOST_BYTES:
        raise UnfitTable([Fault(0, What.TOO_LARGE)])
    header, *lines = _lines(content) or [Line(1, ())]
    if tuple(_narrow(cell) for cell in header.cells) != HEADER:
        raise UnfitTable([Fault(header.at, What.OTHER_HEADER, ",".join(header.cells).rstrip(","))])
    if not lines:
        raise UnfitTable([Fault(0, What.NO_ROWS)])
    if len(lines) > MOST_ROWS:
        raise UnfitTable([Fault(lines[MOST_ROWS].at, What.TOO_MANY_ROWS)])
    faults = [*(fault for line in lines for fault in _faults_of(line)), *_repeated(lines)]
    if faults:
        raise UnfitTable(sorted(faults, key=lambda fault: fault.line))
    return tuple(_row_of(line) for line in lines)


def write_table(rows: Iterable[OccupationRow]) -> str:
    """Return a table as CSV text; `read_table` reads the same rows from it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for row in rows:
        levels = ";".join(LEVEL_WORDS[level][0] for level in row.levels)
        practical = YES if row.is_practical else NO
        standard = (row.standard_name, row.standard_code, row.standard_edition)
        writer.writerow((row.code, row.name, levels, practical, *standard))
    return text.getvalue()


def _lines(content: bytes) -> list[Line]:
    """Return the lines, the header first, each with as many cells as the header has, or more."""
    try:
        found = list(lines_of(content, len(HEADER), tidied=_tidied))
    except NotText:
        raise UnfitTable([Fault(0, What.NO_TEXT)]) from None
    except BrokenQuotes as broken:
        raise UnfitTable([Fault(broken.at, What.BROKEN_QUOTES)]) from None
    return [replace(line, cells=(*line.cells, *[""] * (len(HEADER) - len(line.cells)))) for line in found]


def _tidied(cell: str) -> str:
    """Return a cell with one blank for each gap, and without what takes no ink."""
    return " ".join("".join(sign for sign in cell if unicodedata.category(sign) != "Cf").split())


def _narrow(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell)


def _faults_of(line: Line) -> Iterator[Fault]:
    code, name, levels, practical, *_ = line.cells
    if len(line.cells) > len(HEADER):
        yield Fault(line.at, What.TOO_MANY_CELLS, line.cells[len(HEADER)])
    if code_of(code) is None:
        yield Fault(line.at, What.UNFIT_CODE, code)
    if not name:
        yield Fault(line.at, What.NO_NAME)
    yield from (Fault(line.at, what, word) for what, word in _flaws_of_levels(levels))
    if practical not in (YES, NO):
        yield Fault(line.at, What.NEITHER_YES_NOR_NO, practical)
    for cell, longest in zip(line.cells, _LONGEST, strict=False):
        yield from (Fault(line.at, what, cell) for what in _flaws_of_text(cell, longest))


def _flaws_of_levels(cell: str) -> Iterator[tuple[What, str]]:
    seen: set[Level] = set()
    for word in _words_of(cell):
        level = level_of(word)
        if level is None:
            yield What.UNKNOWN_LEVEL, word
        elif level in seen:
            yield What.LEVEL_REPEATED, word
        else:
            seen.add(level)


def _flaws_of_text(cell: str, longest: int | None) -> Iterator[What]:
    if not is_readable(cell):
        yield What.UNREADABLE
    if longest is None:
        return
    if len(cell) > longest:
        yield What.TOO_LONG
    if is_formula(cell):
        yield What.FORMULA


def _repeated(lines: Sequence[Line]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for line in lines:
        code = code_of(line.cells[0])
        if code is not None and first.setdefault(code, line.at) != line.at:
            yield Fault(line.at, What.CODE_REPEATED, code, first[code])


def _words_of(levels: str) -> list[str]:
    return [word for word in _BETWEEN_LEVELS.split(_narrow(levels)) if word]


def _row_of(line: Line) -> OccupationRow:
    code, name, levels, practical, *standard = line.cells
    named = {level_of(word) for word in _words_of(levels)}
    ascending = tuple(level for level in Level if level in named)
    return OccupationRow(code_of(code) or "", name, ascending, practical == YES, *standard)
