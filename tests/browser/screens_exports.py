"""A list that becomes a file in a browser, with pictures of the way; a part of `make screens`."""

from datetime import timedelta

from playwright.sync_api import Browser

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from tests.browser.screens import DEVICES, shoot, signed_in_as
from tests.browser.site import Site
from tests.factories import people

_WAIT_MS = 60_000


@DEVICES
def test_exports(site: Site, browser: Browser, device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    school = Organisation.objects.get(kind=Organisation.Kind.INSTITUTION)
    first, second = (_administrator(school, name) for name in ("欧阳慧敏", "司徒伟明"))
    way = f"/institution/exports/new/learners/?class={TrainingClass.objects.latest('pk').pk}"
    page = signed_in_as(first, site, browser, options, "/institution/exports/")
    shoot(page, "exports-none", width)
    page.goto(site.url + way)
    shoot(page, "exports-ask", width)
    page.click("main form button.button-main")
    page.wait_for_selector("text=下载", timeout=_WAIT_MS)  # the page refreshes itself
    shoot(page, "exports-ready", width)
    with page.expect_download() as fetched:
        page.click("main a.button-main")
    assert fetched.value.suggested_filename.endswith(".xlsx")
    page.goto(site.url + way)
    page.check("[value=whole]")
    page.fill("[name=reason]", "核对身份信息")
    page.fill("[name=proof]", page.inner_text(".notice-demo .code"))
    page.click("main form button.button-main")
    shoot(page, "exports-asked", width)
    releasing = signed_in_as(second, site, browser, options, "/institution/exports/requests/")
    shoot(releasing, "exports-requests", width)
    releasing.click("main table a >> nth=0")
    shoot(releasing, "exports-request", width)
    releasing.fill("[name=proof]", releasing.inner_text(".notice-demo .code"))
    releasing.click("main form button.button-main")
    page.wait_for_selector("text=下载", timeout=_WAIT_MS)
    page.goto(f"{site.url}/institution/exports/")
    shoot(page, "exports", width)
    for each in (page, releasing):
        each.context.close()


def _administrator(school: Organisation, name: str) -> Account:
    yesterday = MachineClock().now() - timedelta(days=1)
    return people.account((Role.INSTITUTION_ADMINISTRATOR, school.pk), now=yesterday, name=name)
