"""Real processes, killed under load or asked to end: what was acknowledged is kept, once, and nobody is left without an answer.

`make chaos` runs the first of these for as long as one likes (docs/performance.md).
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.learning.models import Beat
from scripts.layout import REPOSITORY, folder_of_tests
from tests.attacks.client import EVENT
from tests.hot.conftest import Admin, PagesFor
from tests.urls import url_of

LEARNERS = 300
BEATS = 40


@pytest.mark.clause("T1.3")
def test_no_kill_loses_an_acknowledged_beat_or_counts_one_twice() -> None:
    report = _chaos("--seconds", "14", "--pause", "0.7", "--learners", str(LEARNERS))
    assert set(report["kills"]) == {
        "hot_process",
        "whole_database",
        "worker",
        "one_backend",
        "postmaster",
        "silent_database",
    }
    assert report["faults"] == {}
    assert report["acknowledged"] > LEARNERS
    assert report["sessions ended"] == LEARNERS
    assert report["segments"] >= LEARNERS


def _chaos(*options: str) -> dict[str, Any]:
    """Return what a site came to whose parts were killed while learners learned."""
    folder = folder_of_tests().root / "chaos"
    command = [sys.executable, "-m", "scripts.chaos", *options, "--json", "--data", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=180)
    said = done.stdout.splitlines()
    assert said, done.stderr
    assert said[-1].startswith("{"), said[-1] + done.stderr
    return json.loads(said[-1])


@pytest.fixture
def hot_process(lasting_database: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run a process that hears beats as production does; give it and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = url_of(os.environ["JIANGXUE_HOT_DATABASE_URL"], lasting_database)
    options = [
        "--port",
        str(port),
        "--http",
        "httptools",
        "--loop",
        "uvloop",
        "--no-access-log",
        "--log-level",
        "warning",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "jiangxue.project.asgi_hot:application", *options],
        env={**os.environ, "JIANGXUE_HOT_DATABASE_URL": url},
        cwd=Path(REPOSITORY),
    )
    _wait_until_ready(port)
    yield process, port
    process.kill()
    process.wait()


@pytest.fixture
def present(clock: HandClock) -> None:
    """Let everything that is made from here on be made now: a process of its own goes by the database's time."""
    clock.at = MachineClock().now()


def test_a_process_that_is_asked_to_end_judges_and_answers_what_it_has_gathered(
    present: None, hot_process: tuple[subprocess.Popen[bytes], int], pages_for: PagesFor, admin: Admin
) -> None:
    process, port = hot_process
    pages = pages_for(BEATS)
    with admin.transaction():
        admin.execute(
            "SELECT FROM learning_lease WHERE session_id = ANY(%s::uuid[]) FOR UPDATE", [[p.session for p in pages]]
        )
        waiting = [_sent(port, json.dumps(page.body(0, flags=EVENT)).encode()) for page in pages]
        time.sleep(0.15)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.15)
    answers = [_received(connection) for connection in waiting]
    assert [answer[:12] for answer in answers] == [b"HTTP/1.1 200"] * BEATS
    assert Beat.objects.filter(session__in=[page.session for page in pages]).count() == BEATS
    assert process.wait(10) == -signal.SIGTERM  # uvicorn ends in order, and then by the signal that asked for it


def _sent(port: int, body: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(b"POST /beat HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
    return connection


def _received(connection: socket.socket) -> bytes:
    with connection:
        return connection.recv(4096)


def _wait_until_ready(port: int) -> None:
    until_s = time.monotonic() + 30
    while time.monotonic() < until_s:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError("the process that hears beats did not become ready")
