"""A stand-in for the server of face checks: the real component on a page of its own, and a server that says what a scene tells it to.

It judges nothing; it notes what the page sends, so that tests can say whether docs/formats/face-check.md was kept.
"""

import asyncio
import io
import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import uvicorn
from django.conf import settings
from django.template import engines
from django.templatetags.static import static
from PIL import Image
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from jiangxue.portals.learner.face_messages import face_messages
from tests.browser.conftest import chromium
from tests.browser.driver import playwright

PAGE = """
{% extends "ui/base.html" %}
{% load ui %}
{% block title %}人脸核验{% endblock %}
{% block islands %}<script type="module" src="{% asset 'islands/face.js' %}"></script>{% endblock %}
{% block content %}<h1>人脸核验</h1>{% include "learner/face.html" %}{% endblock %}
"""
HOST = """
{% extends "ui/base.html" %}
{% block title %}课节{% endblock %}
{% block content %}
<h1>课节</h1>
<p id="behind"><a href="/next">…</a></p>
<dialog class="check-dialog" aria-labelledby="asked"><h2 class="check-text" id="asked">随机打卡</h2>{% include "learner/face.html" %}</dialog>
{% endblock %}
"""
"""A page that does something else, and loads the component's script only when a face is wanted."""
CHECK = "0123456789abcdef0123456789abcdef"
BEGUN = {
    "attempt": "a" * 32,
    "ticket": "b" * 32,
    "socket": "/face/socket",
    "left_ms": 60_000,
    "attempts_left": 3,
    "capture": {"long": 640, "short": 480, "fps": 10, "quality": 0.8},
}
PLACE = {"do": "place", "slot": 0, "hint": None, "done": 1, "of": 3}
FLASH = {"do": "flash", "slot": 4, "colour": "#c8ffc8", "number": 2, "of": 8}
ACT = {"do": "act", "slot": 12, "action": "turn_left", "number": 1, "of": 3, "within_ms": 5000}
HOLD = "hold"
"""Say nothing more, so that a picture can be taken."""
READY_WITHIN_S = 10


def done(outcome: str, *codes: str) -> dict[str, object]:
    return {"do": "done", "outcome": outcome, "codes": list(codes), "attempts_left": 2}


HONEST = (
    PLACE,
    3,
    FLASH,
    "painted",
    3,
    {**FLASH, "slot": 5, "colour": "#ffc8c8", "number": 3},
    "painted",
    3,
    ACT,
    3,
    {"do": "rest", "slot": 13},
    2,
    {"do": "judging"},
    done("passed"),
)
"""What a whole check says to somebody who does what it asks."""


@dataclass(frozen=True)
class Frame:
    """A frame as it came: what its head says, the size of its JPEG, and when it came."""

    slot: int
    seq: int
    presented: int
    captured_ms: int
    jpeg: bytes
    at_s: float

    @property
    def size(self) -> tuple[int, int]:
        return Image.open(io.BytesIO(self.jpeg)).size

    @property
    def has_exif(self) -> bool:
        return b"Exif" in self.jpeg[:64]


@dataclass
class Scene:
    """What the server says: to the wish to begin, then in the socket, then of the result.

    A step of `says` is a message, a number of frames of the present slot to wait for, "painted", HOLD, or ("close", code).
    """

    says: tuple[Any, ...] = ()
    purpose: str = "check"
    result: dict[str, Any] = field(default_factory=lambda: {"outcome": "passed"})
    begins: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


class StandIn:
    """A running stand-in; `scene` may be changed between pages."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.scene = Scene()
        self.slot = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._page),
                Route("/host", self._host),
                Route("/next", lambda _: HTMLResponse("<title>next</title><p id=next>next</p>")),
                Route("/favicon.ico", lambda _: Response(status_code=204)),
                Route("/begin", self._begin, methods=["POST"]),
                Route("/result", self._result, methods=["POST"]),
                Route("/unavailable", self._unavailable, methods=["POST"]),
                WebSocketRoute("/face/socket", self._socket),
                Mount("/static", StaticFiles(directory=settings.STATIC_ROOT)),
            ]
        )

    async def _page(self, _: Request) -> Response:
        return await self._render(PAGE, self.scene.purpose, CHECK if self.scene.purpose == "check" else "")

    async def _host(self, _: Request) -> Response:
        return await self._render(HOST, "check", "")

    async def _render(self, page: str, purpose: str, check: str) -> Response:
        face = SimpleNamespace(
            purpose=purpose,
            check=check,
            begin_url="/begin",
            result_url="/result",
            unavailable_url="/unavailable",
            supervised_url="/supervised",
            next_url="/next",
            csrf="token",
            messages_json=json.dumps(face_messages(), ensure_ascii=False),
            script=static("islands/face.js"),
        )
        policy = "; ".join(f"{name} {' '.join(str(one) for one in ones)}" for name, ones in settings.SECURE_CSP.items())
        html = await asyncio.to_thread(engines["django"].from_string(page).render, {"face": face})
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def _begin(self, request: Request) -> Response:
        self.scene.posts.append(("begin", await request.json()))
        status, body = self.scene.begins.pop(0) if self.scene.begins else (200, BEGUN)
        return JSONResponse(body, status_code=status)

    async def _result(self, request: Request) -> Response:
        self.scene.posts.append(("result", await request.json()))
        return JSONResponse(self.scene.result)

    async def _unavailable(self, request: Request) -> Response:
        self.scene.posts.append(("unavailable", await request.json()))
        return JSONResponse({"outcome": "unavailable", "url": "/next"})

    async def _socket(self, websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            self.scene.texts.append(json.loads(await websocket.receive_text()))
            for step in self.scene.says:
                await self._take(websocket, step)
            await websocket.close(1000)
        except WebSocketDisconnect:
            pass

    async def _take(self, websocket: WebSocket, step: Any) -> None:
        if isinstance(step, dict):
            self.slot = step.get("slot", self.slot)
            await websocket.send_text(json.dumps(step))
        elif isinstance(step, tuple):
            await websocket.close(step[1])
            raise WebSocketDisconnect
        else:
            while not self._is_met(step):
                await self._hear(websocket)

    def _is_met(self, step: int | str) -> bool:
        if step == "painted":
            return {"painted": self.slot} in self.scene.texts
        return isinstance(step, int) and sum(frame.slot == self.slot for frame in self.scene.frames) >= step

    async def _hear(self, websocket: WebSocket) -> None:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        if message.get("text") is not None:
            self.scene.texts.append(json.loads(message["text"]))
        else:
            self.scene.frames.append(_frame(message["bytes"]))


def _frame(data: bytes) -> Frame:
    version, zero, slot, seq, presented, captured_ms = struct.unpack(">BBHIQQ", data[:24])
    assert (version, zero) == (1, 0)
    return Frame(slot, seq, presented, captured_ms, data[24:], time.monotonic())


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """Run a stand-in on a free port for a while."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stand_in = StandIn(f"http://127.0.0.1:{port}")
    config = uvicorn.Config(
        stand_in.app(), host="127.0.0.1", port=port, log_level="error", ws="wsproto", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + READY_WITHIN_S
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "the stand-in does not start"
    yield stand_in
    server.should_exit = True
    server.force_exit = True
    thread.join(READY_WITHIN_S)


@contextmanager
def face_browser() -> Iterator[Browser]:
    """Run a Chromium for a while that makes a camera up and allows it without asking."""
    launched = playwright().chromium.launch(
        executable_path=chromium(),
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
        ],
    )
    yield launched
    launched.close()
