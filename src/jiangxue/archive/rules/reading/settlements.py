"""Records of what the place came to when its class was settled. docs/rules/settlement.md."""

from jiangxue.archive.rules.dossier import Settled
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader

_REQUIRED = ("lessons", "time", "recognised_ms", "hours", "declared", "proposed_by", "confirmed_by", "because")


def _settled(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    for required in _REQUIRED:
        facts[required]
    gathered.settlements[facts["ordinal"]] = Settled(at_ms, facts)


READERS: dict[str, Reader] = {"hours.settled": _settled}
