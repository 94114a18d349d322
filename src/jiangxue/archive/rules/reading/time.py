"""Records of learning time: sessions, segments, later verdicts, corrections. docs/formats/segment.md."""

from dataclasses import replace
from datetime import date

from jiangxue.archive.rules.dossier import Session
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Part, Reader
from jiangxue.learning.rules.appeals import after_corrections
from jiangxue.learning.rules.reasons import EndReason, Reason
from jiangxue.learning.rules.replay import joined
from jiangxue.learning.rules.shapes import DayShare, Stretch
from jiangxue.learning.rules.verdicts import Judged, VerdictKind, after_verdicts


def _opened(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.sessions[facts["session"]] = Session(
        session=facts["session"],
        lesson_id=facts["lesson"],
        device=facts.get("device", ""),
        address=facts.get("address") or "",
        opened_at_ms=at_ms,
        closed_at_ms=None,
        end_reason="",
        policy_versions=tuple(facts["policy_versions"]),
        length_ms=facts["opening"]["length_ms"],
        shares=(),
    )


def _sealed(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    session = gathered.sessions[facts["session"]].session
    parts = {
        _part({**facts, "day": each["day"], "session": session}): [
            Stretch(start_ms, end_ms, Reason(reason) if reason else None)
            for start_ms, end_ms, reason in each["stretches"]
        ]
        for each in facts["days"]
    }
    gathered.segments.update(parts)


def _part(facts: Facts) -> Part:
    return facts["session"], int(facts["sealing"]), date.fromisoformat(facts["day"]).toordinal()


def _closed(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    session = gathered.sessions[facts["session"]]
    ended = replace(session, closed_at_ms=at_ms, end_reason=EndReason(facts["reason"]).value)
    gathered.sessions[session.session] = ended


def _judged(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    kind = VerdictKind(facts["kind"])
    found = [
        (_part(each), Judged(kind, [(start_ms, end_ms) for start_ms, end_ms in each["stretches"]]))
        for each in facts["about"]
    ]
    for part, judged in found:
        gathered.verdicts.setdefault(part, []).append(judged)


def _corrected(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    appeal = gathered.appeals[facts["appeal"]]
    span = facts["start_ms"], facts["start_ms"] + facts["ms"]
    gathered.corrections.setdefault(facts["session"], []).append(span)
    gathered.appeals[appeal.appeal] = replace(appeal, corrected_ms=facts["ms"])


READERS: dict[str, Reader] = {
    "session.opened": _opened,
    "segment.sealed": _sealed,
    "session.closed": _closed,
    "time.judged": _judged,
    "correction.appended": _corrected,
}


def sessions(gathered: Gathered) -> tuple[Session, ...]:
    """Return the sessions in the order of their opening, with what later verdicts and corrections made of their time."""
    parts: dict[str, list[DayShare]] = {}
    for part in sorted(gathered.segments):
        session, _, day = part
        judged = after_verdicts(gathered.segments[part], gathered.verdicts.get(part, []))
        corrected = after_corrections(judged, gathered.corrections.get(session, []))
        parts.setdefault(session, []).append(DayShare(day, tuple(corrected)))
    found = [replace(each, shares=tuple(joined(parts.get(each.session, ())))) for each in gathered.sessions.values()]
    return tuple(sorted(found, key=lambda session: session.opened_at_ms))
