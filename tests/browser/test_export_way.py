"""A list that leaves unmasked: asked for with a reason and a code, released by a second person with theirs, made in the background, downloaded (clauses T7, M2)."""

import hashlib
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.reporting.models import Export
from tests.browser.conftest import Enter
from tests.browser.player import follow, until
from tests.browser.site import Site
from tests.browser.test_looks import assert_sound
from tests.factories import people
from tests.factories.classes import Classroom, classroom

pytestmark = pytest.mark.clause("T7", "M2")
LIST = "/institution/exports/"
REASON = "向主管部门核对学员身份信息"
NEW_CODE_WITHIN_MS = 31_000
MADE_WITHIN_S = 90


@pytest.fixture
def yesterday(site: Site) -> datetime:
    return MachineClock().now() - timedelta(days=1)


@pytest.fixture
def room(yesterday: datetime) -> Classroom:
    return classroom(yesterday)


def administrator(room: Classroom, now: datetime, name: str) -> Account:
    return people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=now, name=name)


def test_a_list_with_full_numbers_leaves_by_four_eyes(
    room: Classroom, yesterday: datetime, entering: Enter, tmp_path: Path
) -> None:
    first, second = (administrator(room, yesterday, name) for name in ("欧阳慧敏", "司徒伟明"))
    asking = entering(first, f"{LIST}new/learners/?class={room.training_class.pk}")
    _ask(asking)
    _release(entering(second, f"{LIST}requests/"))
    export = Export.objects.get(account=first)
    until(lambda: (asking.reload(), asking.is_visible("main a.button-main"))[1], "the file is made", MADE_WITHIN_S)
    assert_sound(asking)
    with asking.expect_download() as fetched:
        asking.click("main a.button-main")
    file = tmp_path / "list.xlsx"
    fetched.value.save_as(file)
    assert hashlib.sha256(file.read_bytes()).hexdigest() in asking.inner_text("main")
    assert room.learner.name in _cells(file)
    acts = AuditEntry.objects.filter(object_kind="export", object_id=str(export.pk)).order_by("pk")
    assert [act.action for act in acts] == ["export.asked", "export.released", "export.made", "export.downloaded"]


def _ask(page: Page) -> None:
    address = page.url
    assert_sound(page)
    page.check("[value=whole]")
    follow(page, "main form button.button-main")
    assert "请写明用途。" in page.inner_text("main")
    assert page.is_checked("[value=whole]")
    assert_sound(page)
    code = _code_at(page, address)
    page.check("[value=whole]")
    page.fill("[name=reason]", REASON)
    _prove(page, code)
    assert "等待本单位另一位有权放行的人员放行" in page.inner_text("main")
    assert_sound(page)


def _release(page: Page) -> None:
    assert REASON in page.inner_text("main")
    follow(page, "main table a >> nth=0")
    address = page.url
    assert_sound(page)
    _prove(page, "000000")
    assert "验证码不对" in page.inner_text("main")
    _prove(page, _code_at(page, address))


def _code_at(page: Page, address: str) -> str:
    """Go to a page and return the code that the phone shows there; that of the sign-in, given a moment ago, does not count again."""
    page.goto(address)
    code = page.locator(".notice-demo .code")
    if not code.count():
        page.wait_for_timeout(NEW_CODE_WITHIN_MS)
        page.goto(address)
    return code.inner_text()


def _prove(page: Page, code: str) -> None:
    page.fill("[name=proof]", code)
    follow(page, "main form button.button-main")


def _cells(file: Path) -> set[object]:
    with closing(load_workbook(file, read_only=True)) as book:
        return {cell for sheet in book for row in sheet.values for cell in row}
