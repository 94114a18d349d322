"""The processes that hear beats, as production runs them."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from scripts.bench.place import Place
from scripts.environment import PYTHON
from scripts.supervisor import Child, Running
from scripts.terminal import Refusal

_READY_WITHIN_S = 30.0
_OPTIONS = "--no-access-log --no-proxy-headers --no-server-header --ws none --http httptools --loop uvloop"


@dataclass(frozen=True)
class Served:
    """A running server process and the port it answers on."""

    running: Running
    port: int


def uvicorn(application: str, port: int) -> list[str]:
    """Return the command that serves an application as production does."""
    return [PYTHON, "-m", "uvicorn", application, "--port", str(port), *_OPTIONS.split()]


def hot_child(place: Place, number: int, port: int) -> Child:
    """Return one process that hears beats."""
    name = f"hot-{number}"
    command = uvicorn("jiangxue.project.asgi_hot:application", port)
    return Child(name, command, place.data.logs / f"{name}.log", place.environment())


@contextmanager
def serving(place: Place, children: dict[int, Child], path: str = "/readyz") -> Iterator[list[Served]]:
    """Run server processes, by the ports they answer on, until this is left; `path` tells when one may be used."""
    served = [Served(place.supervisor.start(child), port) for port, child in children.items()]
    try:
        for each in served:
            wait_until_ready(each, path)
        yield served
    finally:
        for child in children.values():
            place.supervisor.drop(child.name)


def wait_until_ready(served: Served, path: str = "/readyz") -> None:
    """Wait until a server process answers that it is ready, or that it lives when `path` asks only that."""
    until_s = time.monotonic() + _READY_WITHIN_S
    while not _answers(served.port, path):
        if served.running.status() is not None or time.monotonic() > until_s:
            raise Refusal(f"The process on port {served.port} did not become ready:\n{served.running.log.tail()}")
        time.sleep(0.05)


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
