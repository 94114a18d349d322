"""A client of docs/formats/beat.md, written from that page alone: a conversation with the server, and an honest window on top of it.

Attacks depart from it in one thing each. Time is an argument: `sleep` lets it pass, `clock_ms` is the page's own monotonic clock.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import random
from secrets import token_hex
from typing import Any

type Answer = tuple[int, dict[str, Any]]
type Post = Callable[[str, dict[str, Any]], tuple[int, dict[str, Any], Mapping[str, str]]]

type Person = Callable[[Mapping[str, Any]], int]
"""Somebody who reads a prompt and says which option to press."""

HIDDEN, PAUSED, TOO_FAST, EVENT, LEAVE, ENDED = 1, 2, 4, 8, 16, 32
PAYABLE_MS = 60_000
AGAIN_MS = 1_000
ANEW_MS = 3_000
FRESH_MS = 5_000


@dataclass
class Page:
    """One window's conversation; `post` sends JSON to an address and returns status, body and headers, or raises `OSError`."""

    post: Post
    open_url: str
    check_url: str = "/learn/check/"
    window: str = field(default_factory=lambda: token_hex(16))
    session: str = ""
    key: bytes = b""
    n: int = 0
    tag: str = ""
    nonce: str = ""
    credited_ms: int = 0
    last_body: dict[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def open(self, *, take_over: bool = False) -> Answer:
        """Open a session and remember what the server handed out."""
        status, answer, self.headers = self.post(self.open_url, {"window": self.window, "take_over": take_over})
        if status == 200:
            self.session, self.key, self.credited_ms = answer["session"], bytes.fromhex(answer["key"]), 0
            self.n, self.tag, self.nonce = answer["n"], answer["tag"], answer["nonce"]
        return status, answer

    def body(self, position_ms: int, *, idle_ms: int = 0, flags: int = 0, client_ms: int = 0) -> dict[str, Any]:
        """Return the next beat, signed."""
        beat = {"session": self.session, "n": self.n + 1, "prev": self.tag, "position": position_ms, "idle": idle_ms}
        return self.signed(beat | {"flags": flags, "client_ms": client_ms, "nonce": self.nonce})

    def signed(self, beat: dict[str, Any]) -> dict[str, Any]:
        """Sign a beat's fields, which stand in the order of the text under the mac."""
        text = "|".join(["beat/1", *(str(value) for name, value in beat.items() if name != "mac")])
        return beat | {"mac": hmac.digest(self.key, text.encode(), hashlib.sha256).hex()}

    def ask(self, body: dict[str, Any]) -> Answer:
        """Send a beat as it is and learn nothing from the answer."""
        status, answer, self.headers = self.post("/beat", body)
        return status, answer

    def send(self, body: dict[str, Any]) -> Answer:
        """Send a beat as it is and adopt what a good answer says."""
        self.last_body = body
        status, answer = self.ask(body)
        if status == 200:
            self.n, self.tag, self.nonce = body["n"], body["mac"][:32], answer["nonce"]
            self.credited_ms = answer["credited_ms"]
        return status, answer

    def show_check(self) -> dict[str, Any] | None:
        """Ask what the open check asks."""
        _status, answer, self.headers = self.post(f"{self.check_url}show/", {})
        prompt: dict[str, Any] | None = answer["prompt"]
        return prompt

    def answer_check(self, prompt: Mapping[str, Any], choice: int, **facts: object) -> Answer:
        """Press an option of a prompt."""
        said = {"check": prompt["check"], "nonce": prompt["nonce"], "choice": choice, "reaction_ms": 4_000}
        status, answer, self.headers = self.post(f"{self.check_url}answer/", said | facts)
        return status, answer

    def beat(self, position_ms: int, **facts: int) -> Answer:
        """Claim a position."""
        return self.send(self.body(position_ms, **facts))


@dataclass
class Window(Page):
    """An honest window: plays, pauses and seeks by its own clock, and says so."""

    clock_ms: Callable[[], int] = lambda: 0
    sleep: Callable[[int], None] = lambda ms: None
    chance: Callable[[], float] = random
    person: Person | None = None
    reads_ms: int = 4_000
    length_ms: int = 0
    position_ms: int = 0
    watched_ms: int = 0
    reached_ms: int = 0
    idle_ms: int = 0
    flags: int = 0
    at_ms: int = 0
    acked_ms: int = 0
    due_ms: int = 0
    still: int = 0
    is_open: bool = False
    why: str = ""
    unanswered: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def start(self, *, take_over: bool = False) -> Answer:
        """Open and play from where the server says; 409 asks the person, who may then take over."""
        status, answer = self.open(take_over=take_over)
        self.is_open = status == 200
        if self.is_open:
            self.length_ms, self.reached_ms = answer["length_ms"], answer["reached_ms"]
            self.position_ms, self.watched_ms = answer["position_ms"], answer["reached_ms"]
            self.at_ms = self.acked_ms = self.clock_ms()
            self.due_ms = self.at_ms + answer["next_ms"]
            self.idle_ms, self.flags, self.still, self.unanswered = 0, 0, 0, {}
            if answer["check"]:
                self._check()
        return status, answer

    def watch(self, ms: int) -> None:
        """Let time pass, beating whenever a beat is due, and at the film's end."""
        until_ms = self.clock_ms() + ms
        while self.is_open and (left_ms := until_ms - self.clock_ms()) > 0:
            to_end_ms = self.length_ms - self.position_ms if not self.still else left_ms
            self.sleep(max(0, min(left_ms, to_end_ms, self.due_ms - self.clock_ms())))
            self._measure()
            if not self.still and self.position_ms == self.length_ms:
                self._change(ENDED, still=PAUSED)
            elif self.clock_ms() >= self.due_ms:
                self.report()

    def pause(self, still: int = PAUSED) -> None:
        """Stop the picture, because the person wants it or the page is hidden."""
        self._change(0, still=still)

    def resume(self) -> None:
        """Play on."""
        self._change(self.still)

    def seek(self, position_ms: int) -> None:
        """Move the picture, but not beyond what was watched: claiming that would cost the time since the last beat."""
        self._measure()
        self.position_ms = min(position_ms, self.watched_ms)
        self._change(0, still=self.still)

    def leave(self) -> None:
        """Say goodbye."""
        self.report(LEAVE)

    def report(self, flags: int = 0) -> None:
        """Send the next beat, once more if no answer comes soon; what was measured longer ago is measured anew."""
        beat = self._fresh(flags)
        for is_last in (False, True):
            try:
                status, answer = self.send(beat)
            except OSError:
                status, answer, self.headers = 0, {}, {}
            if 0 < status < 500:
                return self._obey(status, answer, flags)
            drawn_ms = int((ANEW_MS if is_last else AGAIN_MS) * (1 + self.chance()))
            self.due_ms = self.clock_ms() + max(drawn_ms, self._asked_to_wait_ms())
            if is_last or self.due_ms > self.at_ms + FRESH_MS:
                return None
            self.sleep(self.due_ms - self.clock_ms())
        return None

    def _fresh(self, flags: int) -> dict[str, Any]:
        self._measure()
        happened = self.flags | self.still
        position_ms = self.watched_ms if self.watched_ms > self.reached_ms else self.position_ms
        beat = self.body(position_ms, idle_ms=self.idle_ms, flags=happened | flags, client_ms=self.at_ms)
        self.unanswered[beat["mac"][:32]] = self.idle_ms, happened, self.at_ms
        return beat

    def _obey(self, status: int, answer: dict[str, Any], flags: int) -> None:
        self.due_ms = self.clock_ms() + answer.get("next_ms", self._asked_to_wait_ms())
        match status:
            case 200:
                self.reached_ms = answer["reached_ms"]
                self._acknowledge(self.tag)
                self._follow(answer["directive"])
            case 409:
                self.n, self.tag, self.nonce = answer["n"], answer["tag"], answer["nonce"]
                self.reached_ms = answer["position_ms"]
                self._acknowledge(self.tag)
                self.report(flags)
            case 410:
                self._follow(answer["directive"])
            case 429:
                pass
            case _:
                self.is_open, self.why = False, answer["error"]

    def _follow(self, directive: dict[str, Any]) -> None:
        match directive["do"]:
            case "go_to":
                self._measure()
                self.position_ms = self.watched_ms = directive["position_ms"]
            case "check":
                self._check()
            case "renew":
                self.start()
            case "sign_out":
                self.is_open, self.why = False, directive["reason"]

    def _check(self) -> None:
        """Let the person answer the open check while the picture stands; without a person nobody does."""
        self._measure()
        before, self.still = self.still, self.still or PAUSED
        while self.person is not None and (prompt := self.show_check()) is not None:
            self.sleep(self.reads_ms)
            _status, answer = self.answer_check(prompt, self.person(prompt))
            if answer["outcome"] == "passed":
                self.still = before
                return self._go_on(answer["reached_ms"])
            if answer["outcome"] != "again":
                self.is_open, self.why = False, answer["outcome"]
                return None
        return None

    def _go_on(self, reached_ms: int) -> None:
        """Count anew from the pass; what was watched while the check was not seen yet is not credited."""
        self.at_ms = self.acked_ms = self.clock_ms()
        self.idle_ms, self.flags, self.unanswered = 0, 0, {}
        self.reached_ms = reached_ms
        self.position_ms = min(self.position_ms, reached_ms)
        self.watched_ms = reached_ms
        self.report(EVENT | (ENDED if self.position_ms == self.length_ms else 0))

    def _acknowledge(self, tag: str) -> None:
        """Forget what the server has counted: the idle time and the flags of the beat with this tag."""
        if tag in self.unanswered:
            idle_ms, flags, self.acked_ms = self.unanswered[tag]
            self.idle_ms -= idle_ms
            self.flags &= ~flags
        self.unanswered = {}

    def _measure(self) -> None:
        """Bring the picture and the idle time up to now; idle time more than a minute after the last answered beat is not counted."""
        now_ms = self.clock_ms()
        if not self.still:
            self.position_ms = min(self.length_ms, self.position_ms + now_ms - self.at_ms)
            self.watched_ms = max(self.watched_ms, self.position_ms)
        else:
            self.idle_ms += max(0, min(now_ms, self.acked_ms + PAYABLE_MS) - self.at_ms)
        self.at_ms = now_ms

    def _change(self, flag: int, *, still: int = 0) -> None:
        self._measure()
        self.still = still
        self.flags |= flag
        self.report(EVENT)

    def _asked_to_wait_ms(self) -> int:
        return 1_000 * int(self.headers.get("retry-after", 0))
