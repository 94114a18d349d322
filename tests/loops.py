"""Asynchronous code from a test that is not."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


class Loop:
    """A loop that stays, in a thread of its own: a browser test may have left one running in this thread."""

    def __init__(self) -> None:
        self._thread, self._runner = ThreadPoolExecutor(1), asyncio.Runner()

    def run[Result](self, act: Coroutine[object, object, Result]) -> Result:
        return self._thread.submit(self._runner.run, act).result()

    def close(self) -> None:
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()


def in_a_loop[Result](act: Coroutine[object, object, Result]) -> Result:
    """Run it in a loop that ends with it."""
    loop = Loop()
    try:
        return loop.run(act)
    finally:
        loop.close()
