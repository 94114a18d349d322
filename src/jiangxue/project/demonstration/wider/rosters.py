"""A roster as people send them, with errors to look at: it waits in an application, and lies as a file to be sent by hand."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from jiangxue.audit.services import Actor
from jiangxue.enrolment.models import ClassOpening, RosterFile
from jiangxue.enrolment.queries.roster_files import Place
from jiangxue.enrolment.services.roster_files import SentFile, keep_file
from jiangxue.kernel.viewer import Role
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.acting import acting
from jiangxue.project.demonstration.openings import DRAFT_NAME

NAME = "学员名册（有错误，供试用）.xlsx"
_TITLE, _FILLED_IN_BY = "2026 年冬季低压电工培训学员名册", "填表人：陈敏仪"
_HEADER = ("序号", "姓 名", "身份证号码", "联系电话", "人员类别")


def put_roster(folder: Path) -> Path:
    """Write the roster into a folder where it is missing, and return where it lies."""
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_workbook())
    return path


def seed_roster(path: Path, *, now: datetime) -> None:
    """Let the head teacher have sent it to the application that is being written, once; it is forgotten after a day, like any that nobody confirms."""
    opening = ClassOpening.objects.filter(name=DRAFT_NAME).first()
    if opening is None or RosterFile.objects.filter(opening=opening).exists():
        return
    head = acting("headteacher", Role.HEAD_TEACHER)
    by = Actor(head.account_id, Role.HEAD_TEACHER)
    keep_file(viewer=head, place=Place(opening=opening), sent=SentFile(NAME, path.read_bytes()), by=by, now=now)


def _workbook() -> bytes:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet("名册")
        page.merge_range("A1:E1", _TITLE)
        page.write_row("A3", _HEADER)
        for at, row in enumerate(_rows(), 3):
            page.write_row(at, 0, (at - 2, *row))
        page.write(len(_rows()) + 4, 1, _FILLED_IN_BY)
    return written.getvalue()


def _rows() -> list[tuple[str | int | float, ...]]:
    """Return eight people: three as they should be, one with spaces and full width, and a wrong digit, an amount in place of a number, one twice, one without a name."""
    right = [(people.id_number(serial), people.phone(serial)) for serial in range(661, 668)]
    wrong_digit = right[3][0][:-1] + ("1" if right[3][0][-1] != "1" else "2")
    return [
        ("甘建华", right[0][0], right[0][1], "农民工"),
        ("佘　丽 芳", _wide(right[1][0]), int(right[1][1]), "失业人员"),
        ("车永福", right[2][0], right[2][1], "退役军人"),
        ("幸少梅", wrong_digit, right[3][1], "农民工"),
        ("危国伟", float(int(right[4][0][:17]) * 10), right[4][1], ""),
        ("甘建华", right[0][0], right[0][1], "农民工"),
        ("", right[5][0], right[5][1], "农民工"),
        ("仇志明", right[6][0], right[6][1][:10], "高校毕业生"),
    ]


def _wide(digits: str) -> str:
    """Return digits as an input method in full width writes them."""
    return "".join(chr(ord(each) + 0xFEE0) for each in digits)
