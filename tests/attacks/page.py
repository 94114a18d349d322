"""A page that speaks the wire of docs/formats/beat.md: the honest one, from which every attack here departs in one thing."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from django.test import Client

from tests.hot.harness import Harness

type Answer = tuple[int, dict[str, Any]]
type Post = Callable[[str, dict[str, Any]], Answer]


@dataclass
class Page:
    """One window: `post` sends JSON to an address and returns status and body."""

    post: Post
    open_url: str
    window: str = field(default_factory=lambda: token_hex(16))
    session: str = ""
    key: bytes = b""
    n: int = 0
    tag: str = ""
    nonce: str = ""
    credited_ms: int = 0
    last_body: dict[str, Any] = field(default_factory=dict)

    def open(self, *, take_over: bool = False) -> Answer:
        """Open a session and remember what the server handed out."""
        status, answer = self.post(self.open_url, {"window": self.window, "take_over": take_over})
        if status == 200:
            self.session, self.key = answer["session"], bytes.fromhex(answer["key"])
            self.n, self.tag, self.nonce = answer["n"], answer["tag"], answer["nonce"]
            self.credited_ms = 0
        return status, answer

    def body(self, position_ms: int, *, idle_ms: int = 0, flags: int = 0, client_ms: int = 0) -> dict[str, Any]:
        """Return the next beat, signed."""
        fields = [self.session, self.n + 1, self.tag, position_ms, idle_ms, flags, client_ms, self.nonce]
        return {
            "session": self.session,
            "n": self.n + 1,
            "prev": self.tag,
            "position": position_ms,
            "idle": idle_ms,
            "flags": flags,
            "client_ms": client_ms,
            "nonce": self.nonce,
            "mac": self.sign(fields),
        }

    def sign(self, fields: list[Any]) -> str:
        """Return the mac over a beat's fields in their order."""
        text = "|".join(["beat/1", *map(str, fields)])
        return hmac.digest(self.key, text.encode(), hashlib.sha256).hex()

    def send(self, body: dict[str, Any]) -> Answer:
        """Send a beat as it is and adopt what the answer says."""
        status, answer = self.post("/beat", body)
        self.last_body = body
        if status == 200:
            self.n, self.tag, self.nonce = body["n"], body["mac"][:32], answer["nonce"]
            self.credited_ms = answer["credited_ms"]
        return status, answer

    def beat(self, position_ms: int, **facts: int) -> Answer:
        """Sign and send the next beat."""
        return self.send(self.body(position_ms, **facts))


def post_through(client: Client, hot: Harness | None = None) -> Post:
    """Return a `post` that sends beats to the hot path and everything else to Django."""

    def post(url: str, body: dict[str, Any]) -> Answer:
        if url == "/beat":
            assert hot, "this test has no hot path"
            return hot.post(body)
        response = client.post(url, json.dumps(body), content_type="application/json")
        is_json = response.headers["Content-Type"].startswith("application/json")
        return response.status_code, response.json() if is_json else {}

    return post
