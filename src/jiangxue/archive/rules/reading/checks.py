"""Records of checks."""

from jiangxue.archive.rules.dossier import Check
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _settled(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    check = Check(
        check=facts["check"],
        session=facts["session"],
        kind=facts["kind"],
        prompt=facts["prompt"].get("text", ""),
        asked_at_ms=facts["asked_at_ms"],
        shown_at_ms=facts["shown_at_ms"],
        expires_at_ms=facts["expires_at_ms"],
        settled_at_ms=at_ms,
        outcome=facts["outcome"],
        was_right=facts["was_right"],
        wrong_presses=facts["wrong_presses"],
        reaction_ms=facts["reaction_ms"],
        confirmed_ms=facts["confirmed_ms"],
        voided_ms=facts["voided_ms"],
        trigger=facts.get("trigger", ""),
        unavailable_why=facts.get("unavailable_why", ""),
    )
    gathered.checks.append(check)


READERS: dict[str, Reader] = {"check.settled": _settled}
