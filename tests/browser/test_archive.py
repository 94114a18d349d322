"""A learner takes the own archive away and verifies it without the platform, with what the public page hands out. Clauses T8.2, T1.3."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.player import follow, leave, start, until
from tests.browser.proving import proved_site
from tests.browser.site import Site
from tests.browser.test_looks import assert_sound

_PATIENCE_S = 180.0


@pytest.mark.clause("T8.2")
@pytest.mark.clause("T1.3")
def test_what_was_just_learned_is_proved_taken_away_and_verified(
    site: Site, signed_in: Callable[..., Page], login_name: str, tmp_path: Path
) -> None:
    with proved_site(tmp_path):
        page = signed_in(login_name, **PHONE)
        start(page, site.lesson_url())
        page.wait_for_timeout(3_000)
        leave(page)
        page.goto(f"{site.url}/learn/classes/{site.class_id}/archive/")
        assert_sound(page)
        _ask_until_all_is_proved(page)
        assert_sound(page)
        with page.expect_download() as download:
            page.click("text=下载电子档案")
        archive = tmp_path / "archive.zip"
        download.value.save_as(archive)
        _fetch(page, site, tmp_path)
        _look_inside(page, f"{site.url}/learn/classes/{site.class_id}/archive/")
    good = _verified(archive, tmp_path)
    assert good.returncode == 0, good.stdout
    assert good.stdout.startswith("验证通过：档案完整，未被改动")
    assert "witness.example/browser" in good.stdout
    archive.write_bytes(archive.read_bytes().replace(b"session.opened", b"session.closed", 1))
    bad = _verified(archive, tmp_path)
    assert bad.returncode == 1
    assert bad.stdout.startswith("验证不通过")


def _look_inside(page: Page, archive: str) -> None:
    """Read the day and the records as they were sealed, and take the archive away on paper."""
    page.goto(archive)
    follow(page, "#days ~ ol a.day-row")
    assert page.locator(".watched-session").count() == 1
    assert_sound(page)
    page.goto(archive)
    follow(page, "#records ~ p a")
    page.click(".record >> nth=0")
    assert page.locator(".record-content >> nth=0").is_visible()
    assert_sound(page)
    page.goto(archive)
    with page.expect_download() as download:
        page.click("text=下载打印版")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def _ask_until_all_is_proved(page: Page) -> None:
    """Ask for the newest records whenever the page offers it; it looks by itself until they are proved.

    Once may not be enough: what the source of identities answers, every minute, is a new record.
    """
    done, ask = page.locator(".proof-steps .state-ok"), "form[action$='/ask/'] button"

    def proved() -> bool:
        if page.locator(ask).count():
            follow(page, ask)
        return done.count() == 4

    until(proved, "everything is proved", _PATIENCE_S)


def _fetch(page: Page, site: Site, folder: Path) -> None:
    """Take verifier and trust list from the public page, as anybody does."""
    page.goto(f"{site.url}/ledger/")
    with page.expect_download() as download:
        page.click("a[download][href*='verify']")
    download.value.save_as(folder / "verify.pyz")
    (folder / "trust.txt").write_bytes(page.request.get(f"{site.url}/ledger/trust.txt").body())


def _verified(archive: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", str(folder / "verify.pyz"), str(archive), "--trust", str(folder / "trust.txt")]
    return subprocess.run(command, capture_output=True, text=True, check=False)
