"""The template and the marked copy: they come back as they went out, and no spreadsheet calculates anything in them (clause C3)."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.intake.cage import read_roster
from jiangxue.enrolment.models import ClassOpening
from jiangxue.enrolment.rules.roster.headers import HEADERS, MARKS, choice_for
from jiangxue.enrolment.rules.roster.rows import rows_of
from jiangxue.enrolment.rules.roster.shapes import Column
from jiangxue.kernel.clock import HandClock
from tests.factories.classes import Classroom
from tests.factories.rosters import HEADER, opening, person_row, plain_csv, workbook
from tests.portals.test_rosters import sent

EVIL = '=HYPERLINK("http://evil.example","王")'


@pytest.fixture
def address(room: Classroom, clock: HandClock) -> str:
    applied: ClassOpening = opening(room.institution, room.head_teacher, clock.now())
    return f"/institution/openings/{applied.pk}/roster-file/"


def marked(head: Client, address: str) -> bytes:
    response = head.get(f"{address}marked/")
    assert response.status_code == 200
    assert "filename*=utf-8''" in response["Content-Disposition"]
    return response.content


def parts(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_the_template_is_empty_understood_and_says_what_may_be_written(head: Client, address: str) -> None:
    content = head.get(f"{address}template/").content
    sheet, words = read_roster(content)
    choice = choice_for((sheet, words))
    assert set(choice.columns) == set(Column)
    assert rows_of(sheet, choice, regions={}, today=date(2026, 11, 24)) == []
    assert [line.cells[0] for line in words.lines][:2] == [HEADERS[Column.ID_TYPE], "居民身份证"]
    assert "越秀" not in parts(content) or "440104" in parts(content)
    assert "文件里没有内容" not in sent(head, address, content, "模板.xlsx")


@pytest.mark.clause("C3")
def test_the_marked_copy_names_cell_and_remedy_and_comes_back(head: Client, address: str) -> None:
    wrong = (person_row(2)[0], person_row(2)[1][:-1], "12345")
    sent(head, address, workbook({"名册": [("某公司名册",), HEADER, person_row(1), wrong]}))
    content = marked(head, address)
    (sheet,) = read_roster(content)
    lines = {line.at: line.cells for line in sheet.lines}
    assert lines[1] == ("某公司名册",)
    assert lines[2] == (*HEADER, MARKS)
    assert lines[3] == person_row(1)
    assert lines[4][:3] == wrong
    assert "证件号码：身份证号应有 18 位" in lines[4][3] or "18" in lines[4][3]
    assert "手机号：" in lines[4][3]
    assert "F6C9C4" in parts(content)
    again = sent(head, address, content)
    assert "有 1 行需修改" in again
    (second,) = read_roster(marked(head, address))
    assert [line.cells.count(MARKS) for line in second.lines if line.at == 2] == [1]
    assert AuditEntry.objects.filter(action="roster.copied").count() == 2


def test_no_cell_of_a_marked_copy_is_a_formula_a_link_or_a_number(head: Client, address: str) -> None:
    rows = [HEADER, (EVIL, "4401", "+cmd|' /C calc'!A0"), ("@SUM(1)", "-1+1", "http://evil.example")]
    sent(head, address, plain_csv([tuple(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]))
    content = marked(head, address)
    whole = parts(content)
    assert "<f>" not in whole
    assert "<hyperlink" not in whole
    assert 'quotePrefix="1"' in whole
    (sheet,) = read_roster(content)
    assert [line.cells[:3] for line in sheet.lines] == rows


def test_numbers_are_text_in_the_marked_copy(head: Client, address: str) -> None:
    sent(head, address, plain_csv([HEADER, (person_row(1)[0], person_row(1)[1], "12")]))
    (sheet,) = read_roster(marked(head, address))
    assert sheet.lines[1].cells[1] == person_row(1)[1]
    with zipfile.ZipFile(BytesIO(marked(head, address))) as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode().count("<c ")
        assert book.read("xl/worksheets/sheet1.xml").decode().count('t="s"') == cells
