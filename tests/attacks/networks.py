"""Networks that lose things."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tests.attacks.client import Post


@dataclass
class Flaky:
    """Loses every so-manyth beat, or the answer to it; openings get through."""

    post: Post
    loses: Literal["beats", "answers"]
    every: int
    count: int = 0

    def __call__(self, url: str, body: dict[str, Any]) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        if url != "/beat":
            return self.post(url, body)
        self.count += 1
        is_lost = self.count % self.every == 0
        if is_lost and self.loses == "beats":
            raise ConnectionError
        answer = self.post(url, body)
        if is_lost:
            raise ConnectionError
        return answer


@dataclass
class Outage:
    """Carries everything, or nothing while it is out."""

    post: Post
    is_out: bool = False

    def __call__(self, url: str, body: dict[str, Any]) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        if self.is_out:
            raise ConnectionError
        return self.post(url, body)
