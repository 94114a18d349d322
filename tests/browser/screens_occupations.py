"""Pictures of the table of occupations and of its import; a part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.occupations.models import Occupation, OccupationTable
from jiangxue.occupations.rules.table import OccupationRow
from jiangxue.project.demonstration.occupations import demonstration_rows
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import people
from tests.factories.occupations import content_of, imported

LONG_NAME = "中央空调系统运行操作与节能管理及电气设备维护保养综合作业员"
UNFIT = "9-31-01-03,电工,五级;六级,也许\n6-18-02-04,,,是\n6-18-02-04,=焊工,,\n"


@DEVICES
def test_the_table_of_occupations(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    now = MachineClock().now()
    Occupation.objects.all().delete()
    OccupationTable.objects.all().delete()
    account = people.account((Role.SYSTEM_ADMINISTRATOR, None), now=now)
    page = signed_in(account.login_name, begins_at="/operator/**", **options)
    page.goto(f"{site.url}/operator/occupations/")
    shoot(page, "occupations-none", width)
    rows = tuple(demonstration_rows())
    imported(now, *rows, viewer=people.viewer(account))
    page.goto(f"{site.url}/operator/occupations/?q=工&retired=on")
    shoot(page, "occupations", width)
    page.goto(f"{site.url}/operator/occupations/import/")
    _send(page, content_of(rows[0]) + UNFIT.encode())
    page.wait_for_selector("#faults")
    shoot(page, "occupations-unfit", width)
    second, *rest = rows[1:]
    changed = OccupationRow(second.code, LONG_NAME, second.levels[:2], is_practical=False)
    _send(page, content_of(changed, OccupationRow("6-24-02-05", LONG_NAME), *rest))
    page.wait_for_url("**/changes/")
    shoot(page, "occupations-changes", width)


def _send(page: Page, content: bytes) -> None:
    name = "广东省职业分类目录（2022年版，2026年11月修订稿）.csv"
    page.set_input_files("#table", files=[{"name": name, "mimeType": "text/csv", "buffer": content}])
    page.click("main form button[type=submit]")
