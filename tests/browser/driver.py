"""What drives Chromium."""

import atexit
import functools
import os

from playwright.sync_api import Playwright, sync_playwright


@functools.cache
def playwright() -> Playwright:
    """Start it at its first use, once for the process: its event loop stays in the thread, where a second one is refused."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    running = sync_playwright().start()
    atexit.register(running.stop)
    return running
