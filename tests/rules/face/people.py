"""People as embeddings: 128 numbers of which those of one person point the same way."""

from typing import Any

import numpy as np

from jiangxue.facecheck.rules.shapes import Embedding, Portrait
from tests.rules.face.heads import look

SIZE = 128


def person(number: int) -> Embedding:
    """Return a direction of its own for each number; those of different numbers are at right angles."""
    return tuple(1.0 if at == number % SIZE else 0.0 for at in range(SIZE))


def alike(number: int, cosine: float, *, beside: int = 1) -> Embedding:
    """Return an embedding at a cosine to a person's own."""
    rest = np.sqrt(1 - cosine**2)
    own, other = np.array(person(number)), np.array(person(number + beside))
    return tuple(float(value) for value in cosine * own + rest * other)


def portrait(embedding: Embedding, *, likeness: int = 0, live: float | None = 0.9, **changes: Any) -> Portrait:
    """Return a portrait that can be judged, unless its look is changed."""
    return Portrait(look(**changes), embedding, live, likeness)
