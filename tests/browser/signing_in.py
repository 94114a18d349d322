"""Signing in through the form, as staff too: the demonstration's page shows what their phone would."""

from playwright.sync_api import Page

from tests.browser.player import follow
from tests.browser.site import Site
from tests.factories import people

_NEW_CODE_WITHIN_MS = 31_000


def sign_in(page: Page, site: Site, login_name: str, *, wanted: str = "") -> None:
    """Sign somebody in with password and, if they are staff, second factor; go where they wanted to go."""
    page.goto(f"{site.url}/sign-in/" + (f"?next={wanted}" if wanted else ""))
    page.fill("[name=identifier]", login_name)
    page.fill("[name=password]", people.PASSWORD)
    follow(page, "main button[type=submit]")
    if "/sign-in/" in page.url:
        give_second_factor(page)


def give_second_factor(page: Page) -> None:
    """Type the code that the page shows; whoever sets the second factor up keeps the recovery codes too."""
    is_new = "/sign-in/set-up/" in page.url
    code = page.locator(".notice-demo .code")
    if not code.count():
        page.wait_for_timeout(_NEW_CODE_WITHIN_MS)
        page.reload()
    page.fill("[name=code]", code.inner_text())
    follow(page, "main .button-main")
    if is_new:
        follow(page, "main .button-main")
