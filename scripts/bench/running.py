"""One run: sessions opened, processes started, beats played, work measured, and the database asked at the end."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import msgspec

from scripts.bench.browser import Visited, Visits
from scripts.bench.checking import check
from scripts.bench.generator import Order, Result
from scripts.bench.hot import free_ports, hot_child, serving
from scripts.bench.learners import open_sessions
from scripts.bench.measuring import Meter, Used
from scripts.bench.place import Place
from scripts.bench.plan import Run
from scripts.environment import PYTHON
from scripts.layout import REPOSITORY
from scripts.pidfile import serving_pid
from scripts.terminal import Refusal


@dataclass(frozen=True)
class Beside:
    """Process trees beside the beats by name, and what is asked of those that serve pages."""

    roots: dict[str, list[int]]
    visits: Visits | None = None


@dataclass(frozen=True)
class Measured:
    """What one run came to."""

    run: Run
    result: Result
    used: Used
    found: dict[str, int]
    visited: Visited | None


class Playing:
    """A process that plays people, at work on an order."""

    def __init__(self, module: str, order: msgspec.Struct) -> None:
        command = [PYTHON, "-m", module]
        self._process = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(order))
        self._process.stdin.close()

    def wait_for(self, news: str) -> None:
        """Wait until the generator says this."""
        line = self._line()
        if line != news:
            raise Refusal(f"The generator said {line!r} in place of {news!r}.")

    def result[T](self, kind: type[T]) -> T:
        """Wait for the result."""
        return msgspec.json.decode(self._line(), type=kind)

    def stop(self) -> None:
        """End the generator if it still runs."""
        self._process.kill()
        self._process.wait()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().decode().strip()


def order_for(place: Place, run: Run, opened_ms: int, ports: list[int], *, name: str) -> Order:
    """Return what the generator is told for a run."""
    return Order(
        run=name,
        master_key=place.keys["beat_master_key"],
        ports=ports,
        learners=run.learners,
        opened_ms=opened_ms,
        rate=run.rate,
        connections=run.connections,
        warm_s=run.warm_s,
        seconds=run.seconds,
        retry_s=1.0,
        acknowledged=str(place.data.run / "acknowledged"),
    )


def measure(place: Place, run: Run, beside: Beside) -> Measured:
    """Do one run, and what is to be done beside it."""
    name = token_hex(8)
    opened_ms = open_sessions(place, name, run.learners)
    children = {port: hot_child(place, number, port) for number, port in enumerate(free_ports(run.processes))}
    with serving(place, children) as served:
        order = order_for(place, run, opened_ms, list(children), name=name)
        roots = {"hot": [each.running.pid for each in served], "database": [_postmaster(place)]}
        meter = Meter(place, {**roots, **beside.roots})
        result, used, visited = _played(order, meter, beside.visits)
        meter.close()
    found = check(place, name, run.learners, Path(order.acknowledged))
    return Measured(run, result, used, found, visited)


def _played(order: Order, meter: Meter, visits: Visits | None) -> tuple[Result, Used, Visited | None]:
    playing = [Playing("scripts.bench.generator", order)]
    try:
        playing[0].wait_for("begin")
        before = meter.look()
        if visits:
            playing.append(Playing("scripts.bench.browser", visits))
        playing[0].wait_for("end")
        used = meter.look().since(before)
        visited = playing[1].result(Visited) if visits else None
        return playing[0].result(Result), used, visited
    finally:
        for each in playing:
            each.stop()


def _postmaster(place: Place) -> int:
    pid = serving_pid(place.cluster.folder)
    assert pid is not None
    return pid
