"""Records of who has verified who the learner is. Clause M1."""

from jiangxue.archive.rules.dossier import Verified
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _verified(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    is_matched = {"matched": True, "not_matched": False}[facts["outcome"]]
    gathered.verifications.append(Verified(facts["verified_at_ms"], facts["source"], is_matched, facts["reference"]))


READERS: dict[str, Reader] = {"identity.verified": _verified}
