"""What an audit of the log finds: of each kind a bounded number is kept, and all are counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from psycopg.rows import TupleRow

from jiangxue.ledger.log.nodes import Connection

KEPT_OF_A_KIND = 20
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be: of which kind, at which place of the log, and in words for those who mend it."""

    kind: str
    place: str
    words: str


@dataclass(slots=True)
class Findings:
    """Collects what is found."""

    kept: list[Finding] = field(default_factory=list)
    by_kind: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, place: object, words: str) -> None:
        """Count one finding, and keep it unless there are many of its kind."""
        self.by_kind[kind] += 1
        if self.by_kind[kind] <= KEPT_OF_A_KIND:
            self.kept.append(Finding(kind, str(place)[:100], words[:300]))


def stream(connection: Connection, findings: Findings, name: str, question: str, *values: object) -> Iterator[TupleRow]:
    """Yield the rows that answer a question, some thousand at a time; a row with an empty column is found and left out."""
    with connection.cursor(name=name) as cursor:
        cursor.itersize = _ROWS_AT_ONCE
        cursor.execute(question.encode(), values, binary=True)
        for row in cursor:
            if any(value is None for value in row):
                findings.add("row.incomplete", name, f"a row of {name} has an empty column: {row[0]}")
            else:
                yield row
