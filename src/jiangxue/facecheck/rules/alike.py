"""Which of many stored faces are alike: one face under several accounts. The text is docs/rules/face-checks.md, one face under several accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from jiangxue.facecheck.rules.thresholds import WHOLE

NUMBERS = 128
MOST_ALIKE = 20
"""Of so many that are alike the most alike are kept: a vector that is like everybody's would else fill the table, and every page."""

type Vectors = npt.NDArray[np.float32]
"""Embeddings, one in each row."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Stored faces and whose they are, in the same order."""

    accounts: tuple[int, ...]
    vectors: Vectors

    @classmethod
    def of(cls, vectors: Mapping[int, bytes]) -> "Stored":
        """Read vectors by account as they are kept, 128 little-endian numbers of 32 bits; each is made as long as the others, and one that points nowhere is like nobody."""
        rows = np.frombuffer(b"".join(vectors.values()), dtype="<f4").reshape(len(vectors), NUMBERS).astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return cls(tuple(vectors), np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0))


@dataclass(slots=True)
class Search:
    """Looks for the faces of `wanted` among all stored ones, which come in portions: no more than one portion is held at a time.

    `least_permille` says for each account of `wanted` from where on, in thousandths of a cosine, two faces are alike.
    """

    wanted: Stored
    least_permille: Mapping[int, int]
    others: int = 0
    _found: list[dict[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._found = [{} for _ in self.wanted.accounts]

    def look_through(self, portion: Stored) -> None:
        """Compare one portion of what is stored; nobody is compared with themselves."""
        permille = np.floor(self.wanted.vectors @ portion.vectors.T * WHOLE)
        least = np.array([[self.least_permille[account]] for account in self.wanted.accounts])
        for at, other in np.argwhere(permille >= least):
            if self.wanted.accounts[at] != portion.accounts[other]:
                self._keep(at, portion.accounts[other], min(WHOLE, int(permille[at, other])))
        self.others += len(portion.accounts)

    def alike(self) -> dict[int, dict[int, int]]:
        """Return for each account that was looked for the accounts whose faces are alike, and how much, in thousandths: the most alike first."""
        return dict(zip(self.wanted.accounts, self._found, strict=True))

    def _keep(self, at: int, other: int, permille: int) -> None:
        found = {**self._found[at], other: permille}
        self._found[at] = dict(sorted(found.items(), key=lambda each: (-each[1], each[0]))[:MOST_ALIKE])
