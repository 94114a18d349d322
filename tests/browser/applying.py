"""An institution's way to a class in a browser: what its head teacher types, step by step, and the roster as a file with errors."""

from datetime import datetime, timedelta
from itertools import count

from playwright.sync_api import Page

from jiangxue.courseware.services import create_course
from jiangxue.kernel.clock import learning_day
from jiangxue.organisations.models import Organisation
from tests.browser.player import follow
from tests.factories import classes, courses, people
from tests.factories.lessons import short_course
from tests.factories.openings import Office, office_at
from tests.factories.questions import editor
from tests.factories.rosters import person_row, workbook

type Row = tuple[str, str, str]
_serials = count(40_001)


def office_with_film(run: str, now: datetime) -> Office:
    """Make an institution with a published course whose first lesson is a film that plays."""
    courses.electrician()
    of = classes.institution()
    course = create_course(institution_id=of.pk, title="低压电工安全", summary="", modules=short_course(run)[:1])
    keeper = editor(of, now)
    courses.complete(course, people.viewer(keeper), now)
    course.refresh_from_db()
    at = courses.Desk(Organisation.objects.get(pk=of.pk), course, keeper, courses.reviewers_of(of, now))
    return office_at(at, now)


def persons(number: int) -> list[Row]:
    """Return name, number and phone of people whom nobody else writes down."""
    return [person_row(next(_serials)) for _ in range(number)]


def with_errors(rows: list[Row]) -> bytes:
    """Return a roster as people send it: a title above merged cells, one number with a wrong last place, one turned into an amount."""
    right, wrong, lost = rows
    last = "1" if wrong[1][-1] != "1" else "2"
    sheet = [
        ("某某公司 2026 年技能培训学员名册",),
        (),
        ("序号", "姓 名", "身份证号码", "联系电话（手机）"),
        (1, f"{right[0][0]}　{right[0][1:]}", right[1].lower(), int(right[2])),
        (2, wrong[0], wrong[1][:-1] + last, wrong[2]),
        (3, lost[0], float(lost[1][:17] + "0"), lost[2]),
        ("合计：3 人",),
    ]
    return workbook({"名单": sheet})


def corrected(rows: list[Row]) -> bytes:
    """Return the same roster after somebody has mended it."""
    return workbook({"名单": [("姓 名", "身份证号码", "联系电话（手机）"), *rows]})


def send_roster(page: Page, content: bytes) -> None:
    """Send a roster and come to what it would do."""
    page.set_input_files(
        "[name=roster]", {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    follow(page, "main form.form button[type=submit]")


def write_the_class(page: Page, of: Office, name: str, now: datetime) -> None:
    """Begin an application for a class that opens today, from the list of applications, and go on."""
    today = learning_day(now)
    follow(page, "main a.button-main >> nth=0")
    page.select_option("[name=course]", str(of.course.pk))
    page.fill("[name=name]", name)
    page.fill("[name=opens_on]", str(today))
    page.fill("[name=closes_on]", str(today + timedelta(days=60)))
    page.select_option("[name=head_teacher]", str(of.head_teacher.pk))
    page.fill("[name=resources]", "三号楼电工实训室，工位 20 个")
    save(page)


def write_the_plan(page: Page, of: Office, now: datetime) -> None:
    """Say when and by whom the practice of the course is taught, and go on."""
    day = learning_day(now) + timedelta(days=14)
    page.select_option("[name=row-0-teacher]", str(of.head_teacher.pk))
    page.fill("[name=row-0-starts_at]", f"{day}T09:00")
    page.fill("[name=row-0-ends_at]", f"{day}T12:00")
    save(page)


def write_the_exams(page: Page, now: datetime) -> None:
    """Say by whom and when both parts are examined, and go on."""
    for row in range(2):
        page.fill(f"[name=row-{row}-examiner]", "考评组")
        page.fill(f"[name=row-{row}-held_on]", str(learning_day(now) + timedelta(days=60)))
        page.fill(f"[name=row-{row}-pass_mark]", "60")
    save(page)


def save(page: Page) -> None:
    """Save a step and go on to the next."""
    follow(page, "main .actions button.button-main")
