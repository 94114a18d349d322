"""What the tests of checks share: a learner in a long lesson, draws that make checks due when the test wants, and figures."""

import math
from collections.abc import Mapping
from typing import Any

from jiangxue.accounts import access
from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check, DayTotal, Lease
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.recomputing import recompute
from tests.attacks.client import Page
from tests.conftest import Drawn
from tests.factories.classes import Classroom

MEAN_MS = 900_000
MINUTE_MS = 60_000


def right(prompt: Mapping[str, Any]) -> int:
    """Stand in for a person, who knows the right option: look it up where the prompt is kept."""
    choice: int = Check.objects.get(pk=prompt["check"]).prompt["right"]
    return choice


def wrong(prompt: Mapping[str, Any]) -> int:
    return (right(prompt) + 1) % len(prompt["options"])


def due_after(chance: Drawn, *counted_ms: int) -> None:
    """Let the next draws make checks due after these amounts of counted time."""
    chance.numbers += [1 - math.exp(-(ms + 0.5) / MEAN_MS) for ms in counted_ms]


def learn(page: Page, clock: HandClock, ms: int) -> dict[str, Any]:
    """Beat every 30 s for so long and return the last answer."""
    answer: dict[str, Any] = {}
    began_ms = Lease.objects.get(session=page.session).reached_ms
    for until_ms in range(30_000, ms + 1, 30_000):
        clock.advance(30_000)
        _status, answer = page.beat(began_ms + until_ms)
    return answer


def passed(page: Page) -> dict[str, Any]:
    """Answer the open check rightly and return what came of it."""
    prompt = page.show_check()
    assert prompt
    _status, answer = page.answer_check(prompt, right(prompt))
    assert answer["outcome"] == "passed"
    return answer


def sweep() -> None:
    """Let the sweeper end and settle what is due."""
    end_overdue(clock=access.CLOCK)


def figures(learner: Account) -> tuple[int, int, int]:
    """Return what the learner's days credit, how much of it is confirmed, and what missed checks took."""
    days = DayTotal.objects.filter(learner=learner)
    missed = sum(day.refused_ms.get("missed_check", 0) for day in days)
    return sum(day.credited_ms for day in days), sum(day.confirmed_ms for day in days), missed


def disagreements(room: Classroom) -> list[object]:
    """Return what judging the class again finds."""
    return list(recompute(room.training_class.pk).differences)
