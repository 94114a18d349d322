"""Rosters as people really send them, and applications that wait for one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiangxue.accounts.models import Account
from jiangxue.audit.services import Actor
from jiangxue.enrolment.models import ClassOpening, RosterFile
from jiangxue.enrolment.queries.roster_files import Place
from jiangxue.enrolment.rules.applications import Draft
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.enrolment.rules.roster.shapes import Line, Sheet
from jiangxue.enrolment.services.roster_files import SentFile, keep_file
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from tests.factories import people
from tests.factories.classes import CLOSES_ON, OPENS_ON, course, in_force
from tests.factories.people import id_number, looking

HEADER = ("姓名", "证件号码", "手机号码")
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周", "建国芳伟秀英明丽军"
type Cell = str | float | bool | date | datetime | None


def person_row(serial: int) -> tuple[str, str, str]:
    """Return name, number and phone of somebody of their own for each serial number, other people than `people.account` makes."""
    name = SURNAMES[serial % 10] + GIVEN[serial // 10 % 9] + GIVEN[serial // 90 % 9]
    return name, id_number(500_000 + serial), f"139{serial:08d}"


def opening(
    of: Organisation, head_teacher: Account, now: datetime, state: OpeningState = OpeningState.DRAFT
) -> ClassOpening:
    """Make an application of an institution to open a class."""
    taught = in_force(course(of), now)
    return ClassOpening.objects.create(
        institution=of,
        course=taught,
        head_teacher=head_teacher,
        name="养老护理三班",
        opens_on=OPENS_ON,
        closes_on=CLOSES_ON,
        draft=Draft().to_values(),
        state=state.value,
        created_at=now,
    )


def sheet(*rows: Sequence[str], first: int = 1, name: str = "") -> Sheet:
    """Return rows as a sheet that was read; empty rows are left out, as readers do."""
    lines = (Line(at, tuple(row)) for at, row in enumerate(rows, first) if any(row))
    return Sheet(name, tuple(lines))


def workbook(sheets: Mapping[str, Iterable[Sequence[Cell]]], *, hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook with these sheets; numbers, days and booleans are written as such."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(at, column, cell, day)
                    elif cell is not None:
                        page.write(at, column, cell)
            if name in hidden:
                page.hide()
    return written.getvalue()


def plain_csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig") -> bytes:
    """Return rows as a CSV file."""
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


def messy_workbook() -> bytes:
    """Return a workbook with what goes wrong in real ones: a title over merged cells, a header of two lines, gaps, full width, amounts, formulas, remarks."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet("名单")
        _messy_header(page)
        _messy_people(page, book.add_format({"num_format": "yyyy/m/d"}))
        page.write("B12", "合计：4 人")
        page.write("B13", "填表人：赵敏")
        book.add_worksheet("说明").write("A1", "请在第一张表填写")
        secret = book.add_worksheet("旧名册")
        secret.write_row("A1", HEADER)
        secret.write_row("A2", person_row(9))
        secret.hide()
    return written.getvalue()


def _messy_header(page: Worksheet) -> None:
    page.merge_range("A1:G1", "XX 公司 2026 年技能培训学员名册")
    page.write("A2", "填表单位：（盖章）")
    for cells, word in {
        "A4:A5": "序号",
        "B4:B5": "姓 名",
        "E4:E5": "联系电话（手机）",
        "F4:F5": "人员类别",
        "G4:G5": "出生日期",
    }.items():
        page.merge_range(cells, word)
    page.merge_range("C4:D4", "证件")
    page.write("C5", "类型")
    page.write("D5", "号码")


def _messy_people(page: Worksheet, day: Format) -> None:
    one, two, three, four = (person_row(serial) for serial in range(1, 5))
    page.write_row("A6", [1, f"{one[0][0]}　{one[0][1:]}", "居民身份证"])
    page.write_string("D6", "'" + one[1][:6] + " " + one[1][6:].replace("0", "０"))
    page.write("E6", int(one[2]))
    page.merge_range("F6:F7", "农民工（进城务工）")
    page.write_datetime("G6", datetime(1990, 1, 1), day)  # noqa: DTZ001
    page.write_row("A7", [2, two[0], "身份证", two[1].lower(), f"{two[2][:3]}-{two[2][3:7]}-{two[2][7:]}"])
    page.write_row("A9", [3, three[0], ""])
    page.write_number("D9", float(three[1][:17] + "0"))
    page.write_formula("E9", '="139"&"00000003"', None, three[2])
    page.write_row("A10", [4, four[0], "身份证", four[1], "无", "神仙"])


def kept(who: Account, place: Place, content: bytes, now: datetime, name: str = "名册.xlsx") -> RosterFile:
    """Let somebody send a file to a place."""
    viewer = people.viewer(who)
    with looking(viewer):
        return keep_file(
            viewer=viewer, place=place, sent=SentFile(name, content), by=Actor(who.pk, viewer.role), now=now
        )


def head_of(institution_id: int, now: datetime) -> Account:
    """Make a head teacher of an institution."""
    return people.account((Role.HEAD_TEACHER, institution_id), now=now, name="王老师")
