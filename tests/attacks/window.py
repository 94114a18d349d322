"""One window in a process of its own: signs in, opens the lesson, takes over whenever it can and claims all it may.

Run as `python -m tests.attacks.window SITE LOGIN PASSWORD LESSON_PATH SECONDS`; the honest one gives `--alone`: it never takes over
and plays at normal speed. It prints how long it had a session open, in milliseconds.
"""

import random
import sys
import time

from jiangxue.kernel.clock import monotonic_ms
from tests.attacks.client import LEAVE, Page, Window
from tests.attacks.transports import Browser

SIGNAL_S = (2.05, 4.0)
AHEAD_MS = 7_000
LEAVES = 5


def main() -> None:
    site, login, password, lesson, seconds, *rest = sys.argv[1:]
    browser = Browser(site)
    browser.sign_in(login, password)
    if rest:
        _watch(Window(browser.post, f"{lesson}open/"), int(seconds) * 1000)
    else:
        _grab(Page(browser.post, f"{lesson}open/"), int(seconds) * 1000)


def _watch(window: Window, ms: int) -> None:
    window.clock_ms, window.sleep = monotonic_ms, lambda wait_ms: time.sleep(wait_ms / 1000)
    started_ms = monotonic_ms()
    window.start()
    window.watch(ms)
    window.leave()
    sys.stdout.write(f"{monotonic_ms() - started_ms}\n")


def _grab(page: Page, ms: int) -> None:
    """Claim 7 s every few seconds, and take the lesson back whenever another window has it."""
    started_ms = monotonic_ms()
    _status, answer = page.open(take_over=True)
    began_ms = answer.get("reached_ms", 0)
    while monotonic_ms() - started_ms < ms:
        time.sleep(random.uniform(*SIGNAL_S))
        status, _answer = page.beat(began_ms + page.credited_ms + AHEAD_MS)
        if status == 410:
            _status, answer = page.open(take_over=True)
            began_ms = answer.get("reached_ms", 0)
    _leave(page, began_ms + page.credited_ms)
    sys.stdout.write(f"{monotonic_ms() - started_ms}\n")


def _leave(page: Page, position_ms: int) -> None:
    """End the session, however busy the server is: one that stays open would end only when it is overdue."""
    for _ in range(LEAVES):
        status, _answer = page.beat(position_ms, flags=LEAVE)
        if status in {200, 410}:
            return
        time.sleep(SIGNAL_S[0])


if __name__ == "__main__":
    main()
