"""Pictures of the pages of the list of sensitive words; a part of `make screens`."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page

from jiangxue.kernel.clock import MachineClock
from jiangxue.project.demonstration.words import WORDS
from jiangxue.screening.rules.finding import Word
from jiangxue.screening.rules.word_file import written
from tests.browser.conftest import PHONE
from tests.browser.screens import DESKTOP, shoot
from tests.browser.site import Site
from tests.factories import words

NAME = "由省级主管部门与各培训机构共同编制的敏感词库（含广告、违法、封建迷信等类别）第三次修订稿.csv"
MORE = Word("这是一个特别长的词语用来看一看表格在手机上会不会撑破", "特别长的类别名称也要看一看")
TEXT = "各位学员：想ＶＸ咨询的请加★微★信，我们保證拿證，代 考 也可以商量，不过退款。\n以上为本班通知。"
FAULTY = "词语,类别\n挂证,违法\n★★,违法\n挂·证,违法\n,广告\n加微信\n这是一句话。下一句,其他\n"


def test_the_list_of_sensitive_words(site: Site, signed_in: Callable[..., Page]) -> None:
    keeper = words.keeper(MachineClock().now() - timedelta(days=1))
    pages = {
        "390": signed_in(keeper.login_name, begins_at="/operator/**", **PHONE),
        "1440": signed_in(keeper.login_name, begins_at="/operator/**", **DESKTOP),
    }
    visit(site, pages, "words-none", "")
    visit(site, pages, "words-import-none", "import/")
    for width, page in pages.items():
        send(page, FAULTY)
        shoot(page, "words-import-faults", width)
        page.goto(f"{site.url}/operator/words/import/")
        text = written([*WORDS, MORE] if width == "390" else [*WORDS[5:], MORE])
        send(page, text)
        if page.locator("#words-agreed").count():
            shoot(page, "words-import-changes", width)
            page.check("#words-agreed")
            send(page, text)
        shoot(page, "words-imported", width)
    visit(site, pages, "words-import", "import/")
    visit(site, pages, "words-search", "?q=证&category=违法")
    visit(site, pages, "words-search-empty", "?q=没有")
    visit(site, pages, "words-try", "try/")
    for width, page in pages.items():
        page.fill("[name=text]", TEXT)
        page.click("main form button")
        shoot(page, "words-tried", width)


def visit(site: Site, pages: dict[str, Page], name: str, address: str) -> None:
    """Take a picture of one page at both widths."""
    for width, page in pages.items():
        page.goto(f"{site.url}/operator/words/{address}")
        shoot(page, name, width)


def send(page: Page, text: str) -> None:
    """Send a file of words."""
    page.set_input_files("#words-file", files=[{"name": NAME, "mimeType": "text/csv", "buffer": text.encode()}])
    page.click("main form button")
    page.wait_for_load_state()
