"""The witness by HTTP: two addresses, small bodies, and no patience for slow senders.

Each connection carries one request and is cut off after a fixed time, whatever it does; only so many are served at once.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from jiangxue_witness.deciding import PLAIN, Answer, refusal
from jiangxue_witness.errors import NotWorking
from jiangxue_witness.requests import MAX_REQUEST_BYTES
from jiangxue_witness.status import status_text
from jiangxue_witness.witness import Witness
from jiangxue_witness.words import Reason

MOST_CONNECTIONS = 64
SECONDS_FOR_A_REQUEST = 15.0
_MOST_PASSED_OVER = 1024 * 1024
"""Bytes of a body that is too large which are read, so that its sender can hear the answer."""


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness at `<prefix>/add-checkpoint` and `<prefix>/status`."""

    daemon_threads = True
    request_queue_size = MOST_CONNECTIONS

    def __init__(
        self, address: tuple[str, int], witness: Witness, prefix: str = "", seconds: float = SECONDS_FOR_A_REQUEST
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.witness = witness
        self.prefix = prefix
        self.seconds = seconds
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  as in socketserver
        """Serve a connection in a thread of its own, or close it at once if there are too many."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # the system gives no more threads
            self._free.release()
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Serve a connection, and cut it off when its time is over."""
        cut = threading.Timer(self.seconds, _cut_off, [request])
        cut.daemon = True
        try:
            cut.start()
            super().process_request_thread(request, client_address)
        finally:
            cut.cancel()
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Say nothing of connections that break: anybody can break as many as they like."""


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    server_version = "jiangxue-witness"
    sys_version = ""

    def do_POST(self) -> None:
        """Take a request for a cosignature."""
        if self.path != f"{self.server.prefix}/add-checkpoint":
            self.send_error(404)
            return
        answer = self._answer()
        self._send(answer.status, answer.body, answer.content_type)

    def do_GET(self) -> None:
        """Show people how the witness stands."""
        if self.path == f"{self.server.prefix}/status":
            self._send(200, status_text(self.server.witness.folder).encode(), PLAIN)
        else:
            self.send_error(405 if self.path == f"{self.server.prefix}/add-checkpoint" else 404)

    def _answer(self) -> Answer:
        """Return the answer to the body, which must say its length."""
        lengths = self.headers.get_all("Content-Length", [])
        if (
            len(lengths) != 1
            or not lengths[0].isascii()
            or not lengths[0].isdigit()
            or "Transfer-Encoding" in self.headers
        ):
            return refusal(400, Reason.MALFORMED)
        length = int(lengths[0][:20])
        if length > MAX_REQUEST_BYTES:
            self._pass_over(min(length, _MOST_PASSED_OVER))
            return refusal(400, Reason.TOO_LARGE)
        body = self.rfile.read(length)
        return self.server.witness.answer(body) if len(body) == length else refusal(400, Reason.MALFORMED)

    def _pass_over(self, length: int) -> None:
        while length > 0 and (passed := self.rfile.read(min(length, MAX_REQUEST_BYTES))):
            length -= len(passed)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no request for this server, in one plain line instead of a page of HTML."""
        self._send(code, f"{code}\n".encode(), PLAIN)

    def _send(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as in http.server
        """Write no line for each request: a flood of junk must not fill a disk."""


def _cut_off(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def address_of(text: str) -> tuple[str, int]:
    """Return host and port of `127.0.0.1:8071` or `[::1]:8071`, or raise NotWorking."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise NotWorking(f"监听地址应写成 127.0.0.1:8071 的样子：{text}")
    return host.strip("[]"), int(port)


def serve(server: WitnessServer, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; `ready` is told the address first."""
    host, port = server.server_address[:2]
    ready(f"http://{host if isinstance(host, str) else host.decode()}:{port}{server.prefix}")
    with server:
        server.serve_forever()
