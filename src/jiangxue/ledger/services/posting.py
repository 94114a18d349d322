"""Sending a request to a witness over HTTP."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from jiangxue.ledger.services.witnessing import Reply

_PATIENCE_S = 8
_LONGEST_ANSWER = 8192


def post(address: str, request: str) -> Reply:
    """Post a request and return the answer; a witness that cannot be reached answers with status 0. Nothing is followed elsewhere."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    try:
        kind = HTTPSConnection if secure else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=_PATIENCE_S)
        try:
            headers = {"Content-Type": "text/plain; charset=utf-8"}
            connection.request("POST", parts.path, request.encode(), headers)
            answer = connection.getresponse()
            return Reply(answer.status, answer.read(_LONGEST_ANSWER).decode())
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as fault:
        return Reply(0, type(fault).__name__)
