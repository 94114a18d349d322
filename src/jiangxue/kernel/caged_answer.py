"""What a caged process answers: one JSON object on its output, a result or a refusal, believed only where it makes sense."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jiangxue.kernel.cage import Walls, run_caged

REFUSED = 3
"""The status of a process whose answer is a refusal; 0 is that of a result, any other one of a crash."""


class CageBroke(Exception):
    """The caged process crashed, or answered what makes no sense; the message says what is known."""


@dataclass(frozen=True, slots=True)
class CagedAnswer:
    """The object that a caged process has answered with."""

    values: dict[str, Any]
    is_refusal: bool


def answer_of(module: str, *arguments: str, walls: Walls, sent: bytes = b"") -> CagedAnswer:
    """Run a caged module, which may be sent something on its input, and return its answer; raise `BeyondWalls` or `CageBroke`."""
    done = run_caged(module, *arguments, walls=walls, sent=sent)
    if done.returncode not in (0, REFUSED):
        raise CageBroke(_last_line(done.stderr) or f"exit {done.returncode}")
    with only_sense():
        values = json.loads(done.stdout)
        if not isinstance(values, dict):
            raise TypeError("no object")
    return CagedAnswer(values, done.returncode == REFUSED)


@contextmanager
def only_sense() -> Iterator[None]:
    """Take for broken what an answer's values make the block raise."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as nonsense:
        raise CageBroke(f"the caged process answered nonsense: {type(nonsense).__name__}") from nonsense


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
