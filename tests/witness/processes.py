"""The real program in a process of its own, and raw requests to it."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = [sys.executable, "-m", "jiangxue_witness"]
PATIENCE_S = 60


@dataclass(frozen=True)
class Heard:
    """What came back."""

    status: int
    body: bytes
    content_type: str


@dataclass(frozen=True)
class Served:
    """A witness that serves on this machine."""

    port: int
    process: "subprocess.Popen[bytes]"

    def post(self, body: bytes, path: str = "/add-checkpoint") -> Heard:
        return heard(self.port, "POST", path, body)


def heard(port: int, method: str, path: str, body: bytes | None = None) -> Heard:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        return Heard(response.status, response.read(), response.headers["Content-Type"])
    finally:
        connection.close()


@contextmanager
def served(place: Path, *options: str) -> Iterator[Served]:
    """Serve a folder until the end of the block."""
    command = [*PROGRAM, "serve", "--folder", str(place), "--listen", "127.0.0.1:0", *options]
    with (place.parent / "said").open("ab") as said:
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=said)
    assert process.stderr is not None
    try:
        line = process.stderr.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert found is not None, line
        yield Served(int(found[1]), process)
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_S)
        process.stderr.close()


def run(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run one command to its end."""
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, check=False, timeout=PATIENCE_S)
