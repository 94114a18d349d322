"""How much processor time a work takes, with that of the processes it starts and waits for."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.terminal import say


@dataclass(slots=True)
class Spent:
    """What a work took; filled in when it ends."""

    processor_s: float = 0.0
    wall_s: float = 0.0


@contextmanager
def spending() -> Iterator[Spent]:
    """Yield what the block will have taken."""
    spent = Spent()
    processor, wall = _processor_s(), time.perf_counter()
    yield spent
    spent.processor_s, spent.wall_s = _processor_s() - processor, time.perf_counter() - wall


def table_row(name: str, length_s: float, work: Callable[[], object]) -> None:
    """Do a work on a film of some length and print its row: times real time for each core, and seconds."""
    with spending() as spent:
        work()
    speed = length_s / spent.processor_s
    say(f"| {name} | {length_s:.0f} | {spent.processor_s:.2f} | {spent.wall_s:.2f} | {speed:,.1f} |")


def _processor_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
