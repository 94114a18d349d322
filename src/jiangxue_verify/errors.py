"""The two ways in which an archive fails: something is not as it must be, or it cannot be judged."""

from __future__ import annotations

from typing import Union

Value = Union[str, int]


class Finding(Exception):
    """What was found, as a code that `words` turns into a sentence, and the values named in it."""

    status = 2
    """The status that the verifier ends with."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Refused(Finding):
    """Something is not as it must be."""

    status = 1


class Unjudged(Finding):
    """It cannot be judged: not an archive, too large, an unknown key, a wrong call."""
