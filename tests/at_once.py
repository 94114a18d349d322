"""Several who act at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from tests.refusals import refusal_of


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all at the same moment and return how each ended: the refusal's name, or `done`."""
    barrier = Barrier(len(acts))

    def rush(act: Callable[[], object]) -> str:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            refusal = refusal_of(act)
            return refusal.__name__ if refusal else "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(each.result(20) for each in [pool.submit(rush, act) for act in acts])
