"""One run: sessions opened, processes started, beats played, work measured, and the database asked at the end."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import msgspec

from scripts.bench.checking import check
from scripts.bench.generator import Order, Result
from scripts.bench.hot import Served, free_ports, hot_child, serving
from scripts.bench.learners import open_sessions
from scripts.bench.measuring import Meter, Used
from scripts.bench.place import Place
from scripts.bench.plan import Run
from scripts.environment import PYTHON
from scripts.layout import REPOSITORY
from scripts.pidfile import serving_pid
from scripts.terminal import Refusal


@dataclass(frozen=True)
class Measured:
    """What one run came to."""

    run: Run
    result: Result
    used: Used
    found: dict[str, int]


class Playing:
    """A generator at work."""

    def __init__(self, order: Order) -> None:
        command = [PYTHON, "-m", "scripts.bench.generator"]
        self._process = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(order))
        self._process.stdin.close()

    def wait_for(self, news: str) -> None:
        """Wait until the generator says this."""
        line = self._line()
        if line != news:
            raise Refusal(f"The generator said {line!r} in place of {news!r}.")

    def result(self) -> Result:
        """Wait for the result."""
        return msgspec.json.decode(self._line(), type=Result)

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


def measure(place: Place, run: Run, beside: Mapping[str, list[int]] | None = None) -> Measured:
    """Do one run; `beside` names further process trees whose time is to be read."""
    name = token_hex(8)
    opened_ms = open_sessions(place, name, run.learners)
    children = {port: hot_child(place, port) for port in free_ports(run.processes)}
    with serving(place, children) as served:
        order = order_for(place, run, opened_ms, list(children), name=name)
        result, used = _played(place, order, served, beside or {})
    found = check(place, name, run.learners, Path(order.acknowledged))
    return Measured(run, result, used, found)


def _played(place: Place, order: Order, served: list[Served], beside: Mapping[str, list[int]]) -> tuple[Result, Used]:
    database = serving_pid(place.cluster.folder)
    assert database is not None
    meter = Meter(place, {"hot": [each.running.pid for each in served], "database": [database], **beside})
    playing = Playing(order)
    try:
        playing.wait_for("begin")
        before = meter.look()
        playing.wait_for("end")
        used = meter.look().since(before)
        return playing.result(), used
    finally:
        playing.stop()
        meter.close()
