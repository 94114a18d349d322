"""A page that shows a face on the real socket (docs/formats/face-check.md), in time of its own: no frame waits for a clock."""

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jiangxue.facecheck.api.conversation import STEP_S
from jiangxue.facecheck.api.database import in_database
from jiangxue.facecheck.api.socket import PATH, FaceSocket
from jiangxue.facecheck.rules.shapes import Look
from jiangxue.facecheck.vision.pool import Eyes
from tests.factories.faces.showing import Player, Shown

HONEST_CAMERA = {
    "label": "HD Webcam C525 (046d:0826)",
    "constructor": "MediaStreamTrack",
    "inputs": 1,
    "settings": {"width": 640, "height": 480, "frameRate": 30},
    "capabilities": {
        "width": {"min": 1, "max": 1280},
        "height": {"min": 1, "max": 720},
        "exposureMode": ["continuous"],
    },
    "supported": ["width", "height"],
    "native": True,
    "frame_callback": True,
    "screen": [1440, 900],
    "agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36",
}
BEGINS_MS, EACH_MS = 1_000_000, 100
_HEAD = struct.Struct(">BBHIQQ")
_SETTLE_S = 0.004
_GONE = {"type": "websocket.disconnect", "code": 1001}


@dataclass
class Hand:
    """A clock in milliseconds that somebody moves."""

    at_ms: int = BEGINS_MS

    def __call__(self) -> int:
        return self.at_ms

    def put_back(self) -> None:
        """Begin anew: how a face moves follows this clock."""
        self.at_ms = BEGINS_MS


class CountingEyes(Eyes):
    """The real eyes, which count how often they were asked."""

    looked_at = 0

    async def look(self, jpeg: bytes, *, turn: bool = True) -> Look:
        try:
            return await super().look(jpeg, turn=turn)
        finally:
            self.looked_at += 1


@dataclass
class Told:
    """What a page was told until its socket closed."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None

    @property
    def done(self) -> dict[str, Any]:
        """The last message, if there was one."""
        return next((each for each in reversed(self.messages) if each.get("do") == "done"), {})

    def of(self, do: str) -> list[dict[str, Any]]:
        return [each for each in self.messages if each.get("do") == do]


@dataclass
class Page:
    """One page with a camera before which `player` sits. `spoil` changes what is sent: it may return several messages, or none; the page goes when it `leaves`."""

    socket: FaceSocket
    eyes: CountingEyes
    hand: Hand
    cookie: str
    player: Player
    camera: Mapping[str, Any] = field(default_factory=lambda: HONEST_CAMERA)
    prefer: str | None = None
    most_frames: int = 400
    leaves: Callable[[Told], bool] = lambda told: False
    origin: str = "http://localhost"
    spoil: Callable[[bytes, int, int], list[bytes]] = lambda jpeg, slot, seq: [_framed(jpeg, slot, seq)]

    async def show(self, ticket: str) -> Told:
        """Talk until the socket is closed, a frame every tenth of a second of the page's own time."""
        told, incoming = Told(), asyncio.Queue[dict[str, Any]]()
        ended = asyncio.Event()
        send = _heard_by(told, ended)
        incoming.put_nowait({"type": "websocket.connect"})
        first = {"ticket": ticket, "camera": self.camera, **({"prefer": self.prefer} if self.prefer else {})}
        incoming.put_nowait({"type": "websocket.receive", "text": json.dumps(first)})
        talking = asyncio.create_task(self.socket(scope_of(self.cookie, self.origin), incoming.get, send))
        try:
            await self._film(told, incoming, ended, talking)
        finally:
            incoming.put_nowait(_GONE)
            await asyncio.wait_for(talking, 30)
        return told

    async def _film(
        self, told: Told, incoming: asyncio.Queue[dict[str, Any]], ended: asyncio.Event, talking: asyncio.Task[None]
    ) -> None:
        for seq in range(1, self.most_frames + 1):
            while (not told.messages or told.messages[-1]["do"] == "queue") and not talking.done():
                await asyncio.sleep(_SETTLE_S)
            self.hand.at_ms += EACH_MS
            if ended.is_set() or talking.done() or (told.messages and told.messages[-1]["do"] in {"judging", "done"}):
                break
            if await in_database(partial(self.leaves, told)):
                return
            shown, slot = self._shown(told), int(told.messages[-1].get("slot", 0))
            before = len(told.messages)
            messages = self.spoil(self.player.frame(shown, self.hand.at_ms), slot, seq)
            for message in messages:
                incoming.put_nowait({"type": "websocket.receive", "bytes": message})
            await (self._settled(incoming, told, before) if messages else asyncio.sleep(STEP_S + _SETTLE_S))
        await asyncio.wait({talking}, timeout=30)

    async def _settled(self, incoming: asyncio.Queue[dict[str, Any]], told: Told, before: int) -> None:
        """Wait until the server has looked at what was sent: it takes some 30 ms of a processor."""
        looked_at = self.eyes.looked_at
        for _ in range(1_000):
            await asyncio.sleep(_SETTLE_S)
            if len(told.messages) > before or (incoming.empty() and self.eyes.looked_at > looked_at):
                break

    def _shown(self, told: Told) -> Shown:
        last = told.messages[-1]
        if not hasattr(self, "_since") or self._since[0] != last.get("slot"):
            self._since = (last.get("slot"), self.hand.at_ms)
        match last["do"]:
            case "flash":
                return Shown("flash", self._since[1], last["colour"])
            case "act":
                return Shown("act", self._since[1], action=last["action"])
            case "rest":
                return Shown("rest", self._since[1])
        return Shown("place", self._since[1])


async def talk(
    socket: FaceSocket, cookie: str, messages: Sequence[str | bytes], *, origin: str = "http://localhost", stays: bool
) -> Told:
    """Send messages as they are, wait for the socket to close them off if it `stays`, and return what was answered."""
    told, ended = Told(), asyncio.Event()
    incoming = asyncio.Queue[dict[str, Any]]()
    incoming.put_nowait({"type": "websocket.connect"})
    for message in messages:
        kind = "text" if isinstance(message, str) else "bytes"
        incoming.put_nowait({"type": "websocket.receive", kind: message})
    talking = asyncio.create_task(socket(scope_of(cookie, origin), incoming.get, _heard_by(told, ended)))
    if stays:
        await asyncio.wait({talking}, timeout=30)
    incoming.put_nowait(_GONE)
    await asyncio.wait_for(talking, 30)
    return told


def hello(ticket: str, **facts: object) -> str:
    """Return the first message of an honest page."""
    return json.dumps({"ticket": ticket, "camera": HONEST_CAMERA, **facts})


def scope_of(cookie: str, origin: str = "http://localhost") -> dict[str, Any]:
    headers = [(b"host", b"localhost"), (b"origin", origin.encode()), (b"cookie", f"sessionid={cookie}".encode())]
    return {"type": "websocket", "path": PATH, "headers": headers}


def _heard_by(told: Told, ended: asyncio.Event) -> Callable[[dict[str, Any]], Awaitable[None]]:
    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            told.messages.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            told.code = message["code"]
            ended.set()

    return send


def _framed(jpeg: bytes, slot: int, seq: int, *, version: int = 1) -> bytes:
    return _HEAD.pack(version, 0, slot, seq, seq * 3, seq * 100) + jpeg


framed = _framed
