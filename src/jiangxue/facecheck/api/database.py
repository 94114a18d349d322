"""Asking the database from an event loop: in a few threads of its own, so that nobody who looks at pages waits for them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connection

_THREADS = ThreadPoolExecutor(4, thread_name_prefix="face")


async def in_database[T](ask: Callable[[], T]) -> T:
    """Run something that uses the database, and return what it returns; its connection is given back at once."""

    def asked() -> T:
        close_old_connections()
        try:
            return ask()
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(_THREADS, asked)
