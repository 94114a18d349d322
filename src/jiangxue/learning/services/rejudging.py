"""Judging one session again: its segments from themselves, the chain between them, and the lease it runs under. Clause T1.3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from jiangxue.kernel.clock import from_ms, to_ms
from jiangxue.learning.errors import NotPackedBeats
from jiangxue.learning.models import Check, Segment, StudySession, Verdict
from jiangxue.learning.queries.provisional import stretches_of
from jiangxue.learning.queries.replaying import beats_of
from jiangxue.learning.rules.checks import CheckOutcome, Cleared
from jiangxue.learning.rules.closing import Closing
from jiangxue.learning.rules.differences import Report, What
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.learning.rules.packing import unpack
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.replay import RecordedBeat, Sealing, seal
from jiangxue.learning.rules.shapes import Running
from jiangxue.learning.rules.verdicts import VerdictKind, credited_spans, length_ms, without
from jiangxue.learning.running import difference, opening_of, policy_of, sealed_state_of, state_of
from jiangxue.learning.services.keeping import share_values

EVERY_BEAT = 2**31 - 1
_OUTCOME_BEHIND = {
    VerdictKind.CONFIRMED: CheckOutcome.PASSED,
    VerdictKind.MISSED_CHECK: CheckOutcome.MISSED,
    VerdictKind.FAILED_CHECK: CheckOutcome.FAILED,
}
_WORD_BEHIND = {VerdictKind.CONFIRMED: ReviewStep.CONFIRMED, VerdictKind.FAILED_CHECK: ReviewStep.APPROVED}


@dataclass(frozen=True, slots=True)
class _Reached:
    """Where the chain of a session's segments stands: so many sealings, up to that beat, in that state."""

    sealings: int
    n: int
    state: Running


def place_of(session: StudySession) -> dict[str, str | int]:
    """Return the facts by which people and programs find a session."""
    return {"learner": session.learner_id, "opened": session.opened_at.isoformat(), "session": session.pk.hex}


def recheck(report: Report, session: StudySession, segments: Sequence[Segment]) -> int:
    """Judge a session again, note what does not agree, and return how many beats there were."""
    kept = dict(beats_of(session, 1, EVERY_BEAT))
    if segments and not segments[0].start:
        _recheck_as_a_whole(report, session, segments, list(kept.values()))
        return len(kept)
    reached = _Reached(0, 0, opening_of(session))
    for _, rows in groupby(segments, key=attrgetter("sealing")):
        reached = _recheck_part(report, session, list(rows), reached, kept)
    _compare_marks(report, session, reached)
    _compare_lease(report, session, kept)
    return max([reached.n, *kept])


def _recheck_part(
    report: Report, session: StudySession, rows: Sequence[Segment], before: _Reached, kept: dict[int, RecordedBeat]
) -> _Reached:
    """Judge one sealing again from its own rows and return where it ended."""
    first = rows[0]
    where = {**place_of(session), "sealing": first.sealing}
    after = _Reached(first.sealing, first.last_n, state_of(first.after))
    start = state_of(first.start)
    if (first.sealing, first.first_n, start) != (before.sealings + 1, before.n + 1, before.state):
        report.differs(What.CHAIN, **where)
    if first.lease_held is not None:
        report.differs(What.LEASE_AT_SEALING, **where)
    try:
        beats = unpack(bytes(first.beats))
    except NotPackedBeats:
        report.differs(What.BEATS, **where)
        return after
    if len(beats) != first.last_n + 1 - first.first_n:
        report.differs(What.BEATS, **where)
    if any(kept.get(n, beat) != beat for n, beat in enumerate(beats, first.first_n)):
        report.differs(What.KEPT_BEATS, **where)
    again = seal(start, policy_of(session), beats, _last(session, first))
    if again.after != after.state:
        report.differs(What.STATE, **where)
    _compare_rows(report, where, rows, again)
    return after


def _last(session: StudySession, segment: Segment) -> Closing | Cleared | None:
    """Return what came after the beats of a sealing: the outcome of a check, or the session's end if it is its last one.

    The time that an end keeps may not lie before the opening.
    """
    if segment.cleared is not None:
        return Cleared(*segment.cleared)
    if session.closed_at is None or segment.sealing != session.sealings:
        return None
    end_ms = to_ms(session.closed_at)
    if session.closed_at == session.opened_at:  # the clock had stepped back, or there was no time at all
        end_ms = min(end_ms, state_of(segment.after).beat_at_ms)
    return end_ms, EndReason(session.end_reason)


def _compare_rows(report: Report, where: Mapping[str, str | int], rows: Sequence[Segment], again: Sealing) -> None:
    found = [{"day": date.fromordinal(share.day), **share_values(share)} for share in again.shares]
    recorded = [{name: getattr(row, name) for name in found[0]} for row in rows]
    if found != recorded:
        sums = {
            name: sum(row["credited_ms"] for row in side) for name, side in (("recorded", recorded), ("found", found))
        }
        report.differs(What.SUMS, **where, **sums)


def recheck_verdicts(report: Report, session: StudySession, segments: Sequence[Segment]) -> None:
    """Hold the later verdicts of a session against the time they speak of and the checks they came from."""
    for segment in segments:
        left = credited_spans(stretches_of(segment))
        for verdict in segment.verdicts.all():
            spans = [(start_ms, end_ms) for start_ms, end_ms in verdict.stretches]
            rest = without(left, spans)
            is_credited = length_ms(left) - length_ms(rest) == length_ms(spans) == verdict.ms
            if not is_credited or not _follows_from(verdict, session):
                report.differs(What.VERDICTS, **place_of(session), sealing=segment.sealing)
            left = rest


def _follows_from(verdict: Verdict, session: StudySession) -> bool:
    """Say whether a verdict can come from its check: the same learner's, with that outcome, about time before it, at its settling.

    One of no check can only come with the settlement of a class that was over.
    """
    check = verdict.check_made
    if check is None:
        return verdict.kind == VerdictKind.UNCONFIRMED and verdict.at >= session.class_closes_at
    is_before = all(end_ms <= to_ms(check.asked_at) for _, end_ms in verdict.stretches)
    return check.learner_id == session.learner_id and is_before and _is_said_by(check, verdict)


def _is_said_by(check: Check, verdict: Verdict) -> bool:
    """Say whether a check ended so when the verdict fell, or people said so then of one that the machine could not decide."""
    kind = VerdictKind(verdict.kind)
    if check.outcome == CheckOutcome.UNCLEAR:
        said = _WORD_BEHIND.get(kind)
        return any(step.kind == said and step.at == verdict.at for step in check.review_steps.all())
    return check.outcome == _OUTCOME_BEHIND[kind] and verdict.at == check.settled_at


def _compare_marks(report: Report, session: StudySession, reached: _Reached) -> None:
    """Hold what a session says of itself against its segments."""
    marks = _Reached(session.sealings, session.sealed_n, sealed_state_of(session))
    up_to = max(session.opened_at, from_ms(reached.state.beat_at_ms))
    runs = getattr(session, "lease", None) is not None
    if marks != reached or session.sealed_at != up_to or session.closed_at != (None if runs else up_to):
        report.differs(What.MARKS, **place_of(session))


def _compare_lease(report: Report, session: StudySession, kept: dict[int, RecordedBeat]) -> None:
    """Judge the unsealed rest of a running session and hold its lease against it."""
    lease = getattr(session, "lease", None)
    if lease is None:
        return
    beats = [beat for n, beat in sorted(kept.items()) if session.sealed_n < n <= lease.n]
    again = seal(sealed_state_of(session), policy_of(session), beats, None)
    if len(beats) != lease.n - session.sealed_n or difference(lease, again.judged) is not None:
        report.differs(What.LEASE, **place_of(session))


def _recheck_as_a_whole(
    report: Report, session: StudySession, segments: Sequence[Segment], beats: Sequence[RecordedBeat]
) -> None:
    """Judge a session that was sealed as a whole, before there were parts, from its single beats."""
    if session.closed_at is None:
        raise ValueError("a running session is not sealed as a whole")
    end = (to_ms(session.closed_at), EndReason(session.end_reason))
    again = seal(opening_of(session), policy_of(session), beats, end)
    _compare_rows(report, {**place_of(session), "sealing": 1}, segments, again)
