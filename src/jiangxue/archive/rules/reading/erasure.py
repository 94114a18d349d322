"""The record that says that the contents before it were erased. docs/rules/retention.md."""

from datetime import date

from jiangxue.archive.rules.dossier import Erased
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _erased(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.erased = Erased(at_ms, date.fromisoformat(facts["due_on"]), facts["years"])


READERS: dict[str, Reader] = {"archive.erased": _erased}
