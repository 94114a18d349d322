"""What a guard is: a piece of source without which a named test must fail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """Replaces `fragment`, which occurs exactly once in `file`, by `without`; `test` must then fail by an assertion."""

    name: str
    file: str
    fragment: str
    without: str
    test: str
