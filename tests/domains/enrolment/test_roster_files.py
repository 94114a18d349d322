"""Files that are said to be rosters, read in the cage: what honest programs write, and what is meant to break a reader (clause C3; decision 0036)."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from jiangxue.enrolment.errors import UnreadableRoster
from jiangxue.enrolment.intake.cage import read_roster
from jiangxue.enrolment.intake.caged import read
from jiangxue.enrolment.intake.limits import LONGEST_CELL, MOST_LINES
from jiangxue.enrolment.intake.shaping import TooMuch
from jiangxue.enrolment.rules.roster.faults import FileFault
from jiangxue.enrolment.rules.roster.headers import choice_for
from jiangxue.enrolment.rules.roster.rows import rows_of
from jiangxue.enrolment.rules.roster.shapes import Sheet, What
from tests.factories.rosters import HEADER, Cell, messy_workbook, person_row, plain_csv, workbook

ROWS = [HEADER, person_row(1), person_row(2)]


def fault_of(content: bytes) -> str | None:
    """Return why a file is refused, None if it is read."""
    try:
        read_roster(content)
    except UnreadableRoster as refusal:
        return refusal.fault
    return None


def cells(sheets: list[Sheet]) -> list[tuple[str, ...]]:
    (only,) = sheets
    return [line.cells for line in only.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding_of_spreadsheets(encoding: str) -> None:
    assert cells(read_roster(plain_csv(ROWS, encoding))) == ROWS


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_csv_is_read_with_every_separator(separator: str) -> None:
    content = "\n".join(separator.join(row) for row in ROWS).encode()
    assert cells(read_roster(content)) == ROWS


def test_a_workbook_is_read_with_its_rows_numbered_as_people_see_them() -> None:
    (sheet,) = read_roster(workbook({"名册": [(), (None, *HEADER), (), (None, *person_row(1))]}))
    assert [line.at for line in sheet.lines] == [2, 4]
    assert sheet.lines[1].cells == ("", *person_row(1))
    assert sheet.name == "名册"


def test_amounts_days_and_formulas_come_as_text() -> None:
    row: list[Cell] = [13900000001, 4.40104199001010012e17, 1.5, date(1990, 1, 2), True, None, " x "]
    assert cells(read_roster(workbook({"a": [row]}))) == [
        ("13900000001", "4.40104199001010E+17", "1.5", "1990-01-02", "TRUE", "", "x")
    ]


def test_old_workbooks_are_read_with_their_merged_cells() -> None:
    book, written = xlwt.Workbook(), BytesIO()
    page = book.add_sheet("名册")
    for at, word in enumerate(HEADER):
        page.write(0, at, word)
    page.write_merge(1, 2, 0, 0, "王建国")
    for row in (1, 2):
        page.write(row, 2, 13900000000 + row)
    book.save(written)
    assert cells(read_roster(written.getvalue())) == [HEADER, *(("王建国", "", f"1390000000{at}") for at in (1, 2))]


def test_hidden_sheets_are_not_read() -> None:
    assert [each.name for each in read_roster(workbook({"甲": ROWS, "乙": ROWS}, hidden=["乙"]))] == ["甲"]


def test_a_messy_workbook_is_read_as_people_mean_it() -> None:
    sheets = tuple(read_roster(messy_workbook()))
    choice = choice_for(sheets)
    found = rows_of(sheets[choice.sheet], choice, regions={}, today=date(2026, 11, 24))
    assert choice.header_at == 5
    assert [row.line for row in found] == [6, 7, 9, 10]
    assert [row.is_fit for row in found] == [True, True, False, False]
    assert [(row.written.id_number, row.written.phone) for row in found[:2]] == [person_row(1)[1:], person_row(2)[1:]]
    assert {row.written.background.group for row in found[:2]} == {"migrant_workers"}
    assert What.NUMBER_ROUNDED in {each.what for each in found[2].findings}
    assert found[2].written.phone == person_row(3)[2]


def test_no_more_lines_are_kept_than_a_roster_has() -> None:
    (sheet,) = read_roster(plain_csv([HEADER, *(("王建国", str(at), "") for at in range(MOST_LINES + 5))]))
    assert sheet.has_more
    assert len(sheet.lines) == MOST_LINES


def test_a_huge_cell_is_cut_and_a_file_of_them_is_refused() -> None:
    (sheet,) = read_roster(plain_csv([HEADER, ("王" * 100_000, "1", "")]))
    assert len(sheet.lines[1].cells[0]) == LONGEST_CELL
    wide = ("王" * LONGEST_CELL,) * 40
    assert fault_of(plain_csv([wide] * 200)) is None
    assert fault_of(workbook({"a": [wide] * 1000})) == FileFault.TOO_MUCH


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.EMPTY),
        (b"\xef\xbb\xbf", FileFault.EMPTY),
        (b"\r\n , , \r\n", FileFault.EMPTY),
        (b"%PDF-1.7 ...", FileFault.NOT_A_TABLE),
        (b"\x89PNG\r\n\x1a\n....", FileFault.NOT_A_TABLE),
        (b"MZ\x90\x00", FileFault.NOT_A_TABLE),
        (b"\xff" * 50, FileFault.NOT_A_TABLE),
        (b"\x00\x01\x02\x03name,number", FileFault.NOT_A_TABLE),
        (b" <!DOCTYPE html><table></table>", FileFault.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook/>', FileFault.WEB_PAGE),
        (b"PK\x03\x04" + b"\0" * 60, FileFault.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileFault.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), FileFault.LOCKED),
    ],
)
def test_what_is_no_roster_is_named(content: bytes, fault: FileFault) -> None:
    assert fault_of(content) == fault


def test_a_workbook_with_nothing_but_hidden_sheets_is_empty() -> None:
    assert fault_of(workbook({"甲": [], "乙": ROWS}, hidden=["乙"])) == FileFault.EMPTY


def _changed(content: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
        for name, more in (extra or {}).items():
            new.writestr(name, more)
    return written.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _changed(workbook({"a": ROWS}), lambda _, part: part, {"xl/media/zeros.bin": b"\0" * (300 * 1024**2)})
    assert len(bomb) < 1024**2
    assert fault_of(bomb) == FileFault.TOO_MUCH


def test_a_sheet_that_unpacks_to_more_than_it_says_is_refused() -> None:
    long = b"<row>" + b"<c/>" * 30_000_000 + b"</row>"
    bomb = _changed(
        workbook({"a": ROWS}),
        lambda name, part: part.replace(b"<row ", long + b"<row ", 1) if "sheet1" in name else part,
    )
    assert fault_of(bomb) == FileFault.TOO_MUCH


def test_a_bomb_that_states_a_small_size_is_refused() -> None:
    """The directory of a ZIP is written by whoever sends it."""
    name, zeros = b"xl/media/zeros.bin", b"\0" * (300 * 1024**2)
    bomb = bytearray(_changed(workbook({"a": ROWS}), lambda _, part: part, {name.decode(): zeros}))
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = bomb.index(name, bomb.index(signature)) if signature == b"PK\x03\x04" else bomb.rindex(name)
        bomb[at - name_at + size_at : at - name_at + size_at + 4] = (10).to_bytes(4, "little")
    assert fault_of(bytes(bomb)) == FileFault.DAMAGED


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 97])
def test_a_part_packed_otherwise_than_office_programs_do_it_is_never_unpacked(method: int) -> None:
    """Not all at once into memory, and not into an error of another library."""
    content = bytearray(workbook({"a": ROWS}))
    at = content.index(b"PK\x01\x02") + 10
    content[at : at + 2] = method.to_bytes(2, "little")
    with pytest.raises(UnreadableRoster) as refused:
        read(bytes(content))
    assert refused.value.fault == FileFault.DAMAGED


@settings(max_examples=60)
@given(at=st.floats(0.0, 1.0, exclude_max=True), flipped=st.integers(1, 255))
def test_a_byte_that_changed_on_the_way_never_changes_what_is_read(at: float, flipped: int) -> None:
    good = workbook({"a": ROWS})
    content = bytearray(good)
    content[4 + int(at * (len(good) - 4))] ^= flipped
    try:
        sheets = read(bytes(content))
    except (UnreadableRoster, TooMuch):
        return
    assert cells(sheets) == ROWS


def test_entities_that_grow_are_not_unfolded() -> None:
    entities = (
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
        + b"]>"
    )
    outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for doctype, named in ((entities, b"&j;"), (outside, b"&x;")):

        def put(name: str, part: bytes, doctype: bytes = doctype, named: bytes = named) -> bytes:
            if "sharedStrings" not in name:
                return part
            head, rest = part.split(b"?>", 1)
            return head + b"?>" + doctype + rest.replace("姓名".encode(), named)

        content = _changed(workbook({"a": ROWS}), put)
        if fault_of(content) is None:
            assert all(len(cell) < 50 and "root" not in cell for row in cells(read_roster(content)) for cell in row)


def test_macros_are_never_looked_at() -> None:
    content = _changed(workbook({"a": ROWS}), lambda _, part: part, {"xl/vbaProject.bin": b"Auto_Open"})
    assert cells(read_roster(content)) == ROWS


def test_a_cell_at_the_end_of_the_world_is_refused_in_words() -> None:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write("A1", "姓名")
        page.write(1_048_575, 16_383, "x")
    assert fault_of(written.getvalue()) in (FileFault.DAMAGED, FileFault.TOO_MUCH)


def test_a_million_empty_rows_with_colours_are_nothing() -> None:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row("A1", HEADER)
        page.write_row("A2", person_row(1))
    row = b'<row r="%d"><c r="A%d" s="1"/></row>'
    many = b"".join(row % (at, at) for at in range(3, 300_000))
    content = _changed(
        written.getvalue(),
        lambda name, part: part.replace(b"</sheetData>", many + b"</sheetData>") if "sheet1" in name else part,
    )
    assert cells(read_roster(content)) == [HEADER, person_row(1)]


junk = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1901, 1, 1)),
)


@settings(max_examples=60)
@given(st.lists(st.lists(junk, max_size=8), max_size=8), st.binary(max_size=200))
def test_any_workbook_of_junk_yields_findings_and_any_bytes_a_word(grid: list[list[Cell]], noise: bytes) -> None:
    for content in (workbook({"a": grid}), noise, workbook({"a": grid})[: len(noise) * 20] + noise):
        try:
            sheets = tuple(read(content))
        except UnreadableRoster:
            continue
        for number in range(len(sheets)):
            choice = choice_for(sheets)
            rows_of(sheets[number], choice, regions={}, today=date(2026, 11, 24))
