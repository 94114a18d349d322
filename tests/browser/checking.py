"""A check that the browser sees at once: the server's word, with the part about checks put in by the test."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, Route

FIGURES = ("reached_ms", "credited_ms", "day_ms")
PROMPT: dict[str, Any] = {
    "check": "a" * 32,
    "nonce": "b" * 16,
    "kind": "confirm",
    "text": "请点「继续学习」",
    "options": ["休息一下", "继续学习", "稍后再说"],
    "left_ms": 54_000,
    "of_ms": 60_000,
    "attempts_left": 2,
}


@dataclass
class StagedCheck:
    """An open check; `answers` keeps what the page sent."""

    prompt: dict[str, Any] = field(default_factory=lambda: dict(PROMPT))
    right: int = 1
    is_open: bool = True
    answers: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))

    def stage(self, page: Page) -> None:
        """Put the check into what the server says to this page from now on."""
        page.route("**/open/", self._opening)
        page.route("**/beat", self._beat)
        page.route("**/show/", self._show)
        page.route("**/answer/", self._answer)

    def _opening(self, route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "check": self.is_open})

    def _beat(self, route: Route) -> None:
        answer = route.fetch()
        if answer.status != 200 or not self.is_open:
            route.fulfill(response=answer)
            return
        told = answer.json()
        self.figures = {name: told[name] for name in FIGURES}
        left = told["directive"]["do"] == "sign_out"
        route.fulfill(response=answer, json=told if left else {**told, "directive": {"do": "check"}})

    def _show(self, route: Route) -> None:
        route.fulfill(json={"prompt": self.prompt if self.is_open else None})

    def _answer(self, route: Route) -> None:
        said = json.loads(route.request.post_data or "")
        self.answers.append(said)
        if said["choice"] != self.right:
            self.prompt = {**self.prompt, "nonce": "c" * 16, "attempts_left": self.prompt["attempts_left"] - 1}
            route.fulfill(json={"outcome": "again", "prompt": self.prompt})
            return
        self.is_open = False
        stretches = [["confirmed", self.figures["credited_ms"]]]
        passed = {"outcome": "passed", "was_right": None, "right": None, "stretches": stretches}
        route.fulfill(json={**passed, **self.figures})
