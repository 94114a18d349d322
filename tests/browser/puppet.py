"""Somebody before the camera of a page: a head that does what the page shows, rendered for each picture that the page takes.

It stands for a person in the tests, and shows in passing what no web page can stop: a program that answers each colour and each action at once
(docs/trust.md). It bears the name of a real camera; a tests' flag is nothing that the product knows.
"""

import base64
import json
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.factories.faces.showing import Player, Shown

_SCRIPT = """
(() => {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  context.fillRect(0, 0, 640, 480);
  const since = { key: '', at: 0 };
  const attribute = (name, what) => document.querySelector(`[data-island="face"] [data-part="${name}"]`)?.getAttribute(what);
  const draw = async () => {
    const colour = attribute('screen', 'fill') ?? '#ffffff';
    const action = attribute('sign', 'data-sign') ?? 'none';
    if (colour + action !== since.key) Object.assign(since, { key: colour + action, at: performance.now() });
    const picture = await window.nextPicture(JSON.stringify({ colour, action, since: since.at, now: performance.now() }));
    const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
    context.drawImage(await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' })), 0, 0);
    setTimeout(draw, 30);
  };
  let draws = false;
  navigator.mediaDevices.getUserMedia = async () => {
    if (!draws) draw();
    draws = true;
    const stream = canvas.captureStream(20);
    const [track] = stream.getVideoTracks();
    Object.defineProperty(track, 'label', { value: 'HD Webcam C525 (046d:0826)' });
    Object.defineProperty(track, 'constructor', { value: MediaStreamTrack });
    track.getSettings = () => ({ width: 640, height: 480, frameRate: 30 });
    track.getCapabilities = () => ({ width: { min: 1, max: 1280 }, height: { min: 1, max: 720 }, exposureMode: ['continuous'] });
    return stream;
  };
})();
"""
_ACTIONS = ("turn_left", "turn_right", "open_mouth", "blink")


def sits_before(context: BrowserContext, player: Player) -> None:
    """Let a player sit before the camera of all pages of a browser profile."""

    def picture(said: str) -> str:
        shown = json.loads(said)
        return base64.b64encode(player.frame(_shown(shown), int(shown["now"]))).decode()

    context.expose_function("nextPicture", picture)
    context.add_init_script(_SCRIPT)


def _shown(said: dict[str, str]) -> Shown:
    since_ms = int(said["since"])
    action = next((each for each in _ACTIONS if each == said["action"]), None)
    if action is not None:
        return Shown("act", since_ms, action=action)
    if said["colour"] != "#ffffff":
        return Shown("flash", since_ms, said["colour"])
    return Shown("place", since_ms)


def until_shown(page: Page, condition: Callable[[], bool], what: str, patience_s: float = 60) -> None:
    """Wait for something while pictures are drawn: a mere sleep would keep the player from drawing them."""
    give_up = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < give_up, f"did not happen: {what}"
        page.wait_for_timeout(100)
