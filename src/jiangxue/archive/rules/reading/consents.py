"""Records of what the learner agreed to. Clause M2."""

from jiangxue.archive.rules.dossier import Consent
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _given(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.consents.append(Consent(at_ms, facts["purpose"], facts["version"], is_given=True))


def _withdrawn(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.consents.append(Consent(at_ms, facts["purpose"], facts["version"], is_given=False))


READERS: dict[str, Reader] = {"consent.given": _given, "consent.withdrawn": _withdrawn}
