"""Sending a request to a witness over HTTP."""

import socket
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Timer
from urllib.parse import urlsplit

from jiangxue.ledger.services.witnessing import Reply

_PATIENCE_S = 8.0
_SECONDS_IN_ALL = 20.0
_LONGEST_ANSWER = 8192


def post(address: str, request: str, seconds: float = _SECONDS_IN_ALL) -> Reply:
    """Post a request and return the answer; a witness that cannot be reached answers with status 0. Nothing is followed elsewhere.

    After so many seconds the connection is cut, however busy it is: a witness that dribbles must not keep others from being asked.
    """
    try:
        parts = urlsplit(address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=min(seconds, _PATIENCE_S))
        is_cut = Event()
        cut = Timer(seconds, _cut_off, [connection, is_cut])
        cut.daemon = True
        cut.start()
        try:
            headers = {"Content-Type": "text/plain; charset=utf-8"}
            connection.request("POST", parts.path, request.encode(), headers)
            answer = connection.getresponse()
            body = answer.read(_LONGEST_ANSWER).decode(errors="replace")
            return Reply(0, "TimeoutError") if is_cut.is_set() else Reply(answer.status, body)
        finally:
            cut.cancel()
            connection.close()
    except (OSError, HTTPException, ValueError) as fault:
        return Reply(0, type(fault).__name__)


def _cut_off(connection: HTTPConnection, is_cut: Event) -> None:
    """End a connection under whoever waits for it; below TLS, whose own goodbye would wait too."""
    is_cut.set()
    if connection.sock is not None:
        try:
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
        except OSError:
            return  # it is over already
