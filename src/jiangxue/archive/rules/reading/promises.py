"""Records of what institution and learner promised. Clauses C1, C5."""

from jiangxue.archive.rules.dossier import Promised
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _signed(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    del at_ms  # the institution had signed before there was an archive
    promised = Promised(facts["signed_at_ms"], facts["party"], facts["version"], facts["sha256"], facts["by"])
    gathered.promises.append(promised)


READERS: dict[str, Reader] = {"promise.signed": _signed}
