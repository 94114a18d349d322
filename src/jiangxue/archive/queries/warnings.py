"""What whoever confirms a settlement must have seen: words about faces by which time was confirmed. Clauses T3.1, M6."""

import hashlib
from dataclasses import dataclass

from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.learning.queries.enrolled_faces import never_compared, not_the_learners


@dataclass(frozen=True, slots=True)
class Warnings:
    """Accounts of those in a class whose enrolled face was not theirs, and of those whose face nobody can compare because they asked for deletion."""

    not_theirs: tuple[int, ...]
    never_compared: tuple[int, ...]

    @property
    def digest(self) -> str:
        """Return what a form carries of them, so that it is refused when they are others; empty where there are none."""
        if not self.not_theirs and not self.never_compared:
            return ""
        told: dict[str, Value] = {"not_theirs": list(self.not_theirs), "never_compared": list(self.never_compared)}
        return hashlib.sha256(canonical_json(told)).hexdigest()


def warnings_of(class_id: int) -> Warnings:
    """Return what is to be seen beside the hours of a class, for the program itself."""
    return Warnings(tuple(sorted(not_the_learners(class_id))), tuple(sorted(never_compared(class_id))))
