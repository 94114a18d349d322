"""Asynchronous code from a test that is not."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def in_a_loop[Result](act: Coroutine[object, object, Result]) -> Result:
    """Run it in a thread of its own: a browser test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, act).result()
