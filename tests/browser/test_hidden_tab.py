"""A tab in the background: the film stops, the page says why, and the time does not count (clause T2.1)."""

import time

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from jiangxue.accounts.models import Account
from tests.browser.conftest import chromium
from tests.browser.player import until
from tests.browser.site import Site, credited_ms, refused_ms, session_end
from tests.browser.tabs import Tab, browser_with_tabs

PAUSED = "document.querySelector('video').paused"
POSITION = "document.querySelector('video').currentTime"
STATUS = "document.querySelector('[data-part=status-text]').textContent"
AWAY_S = 5
COVER = "document.querySelector('[data-part=cover]')"


def cookie_of(login_name: str) -> str:
    """Return a browser session of a learner, as the sign-in makes it."""
    account = Account.objects.get(login_name=login_name)
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "jiangxue.accounts.authentication.IdentifierBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def start(tab: Tab, site: Site, login_name: str) -> None:
    tab.set_cookie("sessionid", cookie_of(login_name), site.url)
    tab.visit(site.lesson_url())
    until(lambda: tab.value(f"!{COVER}.disabled"), "the player is ready")
    tab.value(f"{COVER}.click()")
    until(lambda: tab.value(POSITION) > 4, "the film plays")


@pytest.mark.clause("T2.1", "T0")
def test_a_hidden_tab_stops_says_why_and_does_not_count(site: Site, login_name: str) -> None:
    with browser_with_tabs(chromium()) as tabs:
        tab = tabs.tab
        start(tab, site, login_name)
        tabs.cover()
        until(lambda: tab.value("document.hidden"), "the tab is hidden")
        until(lambda: tab.value(PAUSED), "the film stands still")
        seen_ms = tab.value(POSITION) * 1000
        time.sleep(AWAY_S)
        tabs.return_to_first()
        until(lambda: not tab.value("document.hidden"), "the tab is in front again")
        until(lambda: "未计时" in tab.value(STATUS), "the page says that it does not count")
        tab.value("document.querySelector('[data-part=leave]').click()")
        until(lambda: session_end(login_name) == "by_learner", "the session has ended")
    assert abs(credited_ms(login_name) - seen_ms) < 1_500
    assert refused_ms(login_name)["hidden"] > 2_000
