"""One figure, the same everywhere: on the page, in the sheet, in the file, and what is sealed. Clauses T7, T1.3."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.registry import SHEETS, sheet_for
from jiangxue.reporting.queries.sheets import Sheet
from jiangxue.reporting.rules.filters import Filter
from jiangxue.reporting.rules.sheets import Kind
from jiangxue.reporting.services.keeping_attendance import keep_attendance
from jiangxue.reporting.services.spreading import csv_row, csv_titles
from tests.factories import people
from tests.factories.exports import made
from tests.factories.lives import Life, whole_life
from tests.portals.clients import client_of, main_of
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T1.3")
_WORDS_OF_TIME = ("credited", "effective", "corrected", "refused")


@pytest.fixture
def lived(worlds: Worlds, own_storage: Path, clock: HandClock) -> Iterator[Life]:
    with worlds.committed(whole_life, clock) as found:
        keep_attendance(clock=clock)
        yield found


def _content(client: Client, way: str, kind: str, clock: HandClock) -> bytes:
    response = client.post(way, {"format": kind})
    export = made(Export.objects.get(pk=response["Location"].split("/")[-2]), clock)
    return b"".join(client.get(f"/institution/exports/{export.pk}/file/").streaming_content)  # type: ignore[attr-defined]


def _seconds(sheet: Sheet, key: str) -> str:
    [column] = [column for column in sheet.columns if column.key == key]
    return f"{column.title}（秒）"


def test_page_sheet_and_files_come_to_the_same_milliseconds(lived: Life, clock: HandClock) -> None:
    head = lived.room.head_teacher
    client = client_of(head)
    for name in SHEETS:
        page = main_of(client, f"/institution/query/{name}/")
        [way] = re.findall(r'href="(/institution/exports/new/[^"]+)"', page)
        sheet = sheet_for(people.viewer(head), name, Filter(), now=clock.now())
        rows, totals = list(sheet.rows()), sheet.totals()
        book = openpyxl.load_workbook(BytesIO(_content(client, way, "xlsx", clock)))
        lines = list(csv.reader(_content(client, way, "csv", clock).decode("utf-8-sig").splitlines()))
        assert lines[0] == [str(title) for title in csv_titles(sheet.columns)]
        assert lines[1:] == [[str(cell) for cell in csv_row(sheet.columns, row.values)] for row in rows]
        titles = [cell.value for cell in book.worksheets[1][1]]
        cover = {str(at.value): str(said.value) for at, said in book.worksheets[0].iter_rows()}
        for column in sheet.columns:
            if column.key in _WORDS_OF_TIME and column.kind is Kind.DURATION:
                at = titles.index(_seconds(sheet, column.key))
                in_book = [row[at] or 0 for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)]
                in_text = [float(line[at] or 0) for line in lines[1:]]
                summed = (round(sum(in_book) * 1000), round(sum(in_text) * 1000))
                assert summed == (totals[column.key],) * 2, (name, column.key)
                said = f"（{totals[column.key] / 1000:.3f} 秒）"
                assert cover[f"合计：{column.title}"].endswith(said)
        assert cover["行数"] == str(len(rows))
