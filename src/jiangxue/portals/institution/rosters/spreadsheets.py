"""The template of a roster, and the copy of a sent one in which every cell to mend is marked. No cell is ever a formula."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiangxue.enrolment.queries.roster_files import Shown
from jiangxue.enrolment.rules.roster.headers import HEADERS, MARKS
from jiangxue.enrolment.rules.roster.held import Judged
from jiangxue.enrolment.rules.roster.rows import EXAMPLE
from jiangxue.enrolment.rules.roster.shapes import MOST_ROWS, NEEDED, Column
from jiangxue.enrolment.rules.roster.words import EDUCATIONS, GROUPS, ID_TYPES
from jiangxue.portals.institution.rosters.words import COLUMNS, sentence_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_WORDS_SHEET = "可填的词"
_WIDTH, _MARKS_WIDTH, _LONGEST_CELL = 20, 60, 32_000
_EXAMPLE_ROW: Mapping[Column, str] = {
    Column.NAME: f"{EXAMPLE}：王小明（导入时略过）",
    Column.ID_TYPE: "居民身份证",
    Column.ID_NUMBER: "11010519491231002X",
    Column.PHONE: "13800000000",
    Column.GROUP: "农民工",
    Column.EDUCATION: "高中",
    Column.DOMICILE: "440104",
    Column.EMPLOYER: "示例电子有限公司",
    Column.EMPLOYER_USCC: "91350100M000100Y43",
}


def template(regions: Mapping[str, str]) -> bytes:
    """Return an empty roster: header, one example row that is passed over, cells that keep numbers as text, and the words that may be written."""
    written = BytesIO()
    with Workbook(written, _OPTIONS) as book:
        text, head = (
            book.add_format({"num_format": "@"}),
            book.add_format({"bold": True, "bg_color": "#E8EDF3", "num_format": "@"}),
        )
        grey = book.add_format({"italic": True, "font_color": "#666666", "num_format": "@"})
        sheet = book.add_worksheet("学员名册")
        for at, column in enumerate(Column):
            sheet.set_column(at, at, _WIDTH, text)
            sheet.write_string(0, at, HEADERS[column] + ("（必填）" if column in NEEDED else ""), head)
            sheet.write_string(1, at, _EXAMPLE_ROW[column], grey)
        sheet.freeze_panes(1, 0)
        lists: Mapping[Column, Sequence[str]] = {
            Column.ID_TYPE: _first(ID_TYPES.values()),
            Column.GROUP: _first(GROUPS.values()),
            Column.EDUCATION: _first(EDUCATIONS.values()),
            Column.DOMICILE: [f"{code} {name}" for code, name in sorted(regions.items())],
        }
        _words(book.add_worksheet(_WORDS_SHEET), lists, head)
        _offer(sheet, lists)
    return written.getvalue()


def _first(words: Iterable[Sequence[str]]) -> list[str]:
    return [spellings[0] for spellings in words]


def _words(sheet: Worksheet, lists: Mapping[Column, Sequence[str]], head: Format) -> None:
    for at, (column, words) in enumerate(lists.items()):
        sheet.set_column(at, at, _WIDTH)
        sheet.write_string(0, at, HEADERS[column], head)
        for row, word in enumerate(words, 1):
            sheet.write_string(row, at, word)


def _offer(sheet: Worksheet, lists: Mapping[Column, Sequence[str]]) -> None:
    """Let Excel and WPS offer the words; they let others pass with a warning, for old spellings are understood, too."""
    for at, (column, words) in enumerate(lists.items()):
        if column is not Column.DOMICILE:
            letter, place = "ABCDEFGH"[at], list(Column).index(column)
            source = f"={_WORDS_SHEET}!${letter}$2:${letter}${len(words) + 1}"
            options = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, place, MOST_ROWS, place, options)


def marked_copy(shown: Shown) -> bytes:
    """Return the sheet as it was sent, line by line, with the cells to mend in colour and a last column that says what to write."""
    sheet_sent, choice = shown.sheets[shown.choice.sheet], shown.choice
    remarks = {each.row.line: each for each in shown.verdict.rows if each.row.findings}
    written = BytesIO()
    with Workbook(written, _OPTIONS) as book:
        looks = _looks(book)
        sheet = book.add_worksheet("学员名册")
        left_out = _old_marks(shown)
        width = sheet_sent.width if left_out is None else left_out
        sheet.set_column(0, width, _WIDTH, looks[""])
        sheet.set_column(width, width, _MARKS_WIDTH)
        for line in sheet_sent.lines:
            judged = remarks.get(line.at)
            colours = _colours(judged, choice.columns)
            for at, cell in enumerate(line.cells[:width]):
                look = "head" if line.at == choice.header_at else colours.get(at, "")
                sheet.write_string(line.at - 1, at, cell, looks[look])
            for at, look in colours.items():
                if at >= len(line.cells):
                    sheet.write_blank(line.at - 1, at, None, looks[look])
            if judged is not None:
                sheet.write_string(line.at - 1, width, _said(judged), looks["remark"])
        sheet.write_string(max(choice.header_at - 1, 0), width, MARKS, looks["head"])
        if choice.header_at:
            sheet.freeze_panes(choice.header_at, 0)
    return written.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    """Return the formats; all hold text, and none lets a spreadsheet calculate what is typed into it later."""
    as_text = {"num_format": "@", "quote_prefix": True}
    return {
        "": book.add_format(as_text),
        "head": book.add_format({**as_text, "bold": True, "bg_color": "#E8EDF3"}),
        "wrong": book.add_format({**as_text, "bg_color": "#F6C9C4"}),
        "hint": book.add_format({**as_text, "bg_color": "#FBEFC4"}),
        "remark": book.add_format({**as_text, "text_wrap": True, "valign": "top"}),
    }


def _colours(judged: Judged | None, columns: Mapping[Column, int]) -> dict[int, str]:
    found: dict[int, str] = defaultdict(str)
    for finding in judged.row.findings if judged else ():
        if finding.column in columns and found[columns[finding.column]] != "wrong":
            found[columns[finding.column]] = "hint" if finding.is_hint else "wrong"
    return found


def _said(judged: Judged) -> str:
    id_type = judged.row.written.id_type
    sentences = [f"{COLUMNS[each.column]}：{sentence_of(each, id_type)}" for each in judged.row.findings]
    return "\n".join(sentences)[:_LONGEST_CELL]


def _old_marks(shown: Shown) -> int | None:
    """Return the column in which an earlier copy was marked: it is written anew, not beside itself."""
    header = next((each for each in shown.sheets[shown.choice.sheet].lines if each.at == shown.choice.header_at), None)
    return header.cells.index(MARKS) if header and MARKS in header.cells else None
