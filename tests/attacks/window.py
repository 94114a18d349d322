"""One window in a process of its own: signs in, opens the lesson, takes over whenever it can and claims all it may.

Run as `python -m tests.attacks.window SITE LOGIN PASSWORD LESSON_PATH SECONDS`; the honest one gives `--alone`, never takes over
and plays at normal speed.
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

from jiangxue.kernel.clock import monotonic_ms
from tests.attacks.page import Answer, Page

SIGNAL_S = 2.2
LEAVE = 16


class Browser:
    """Keeps cookies and sends forms and JSON."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    def sign_in(self, login: str, password: str) -> None:
        self._opener.open(f"{self._site}/sign-in/").read()
        form = {"identifier": login, "password": password, "csrfmiddlewaretoken": self._token()}
        self._opener.open(f"{self._site}/sign-in/", urllib.parse.urlencode(form).encode()).read()

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token()}
        request = urllib.request.Request(self._site + path, json.dumps(body).encode(), headers)
        try:
            with self._opener.open(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self._jar if cookie.name == "csrftoken"), "")


def main() -> None:
    site, login, password, lesson, seconds, *rest = sys.argv[1:]
    browser = Browser(site)
    browser.sign_in(login, password)
    page = Page(browser.post, f"{lesson}open/")
    started = monotonic_ms()
    greedy = not rest
    status, answer = page.open(take_over=greedy)
    began = answer.get("reached_ms", 0)
    while monotonic_ms() - started < float(seconds) * 1000:
        time.sleep(SIGNAL_S)
        ahead_ms = 7_000 if greedy else SIGNAL_S * 1000
        played_ms = int(began + page.credited_ms + ahead_ms)
        status, answer = page.beat(played_ms)
        if status == 410 and greedy:
            status, answer = page.open(take_over=True)
            began = answer.get("reached_ms", 0)
    page.beat(int(began + page.credited_ms), flags=LEAVE)


if __name__ == "__main__":
    main()
