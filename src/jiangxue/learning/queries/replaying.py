"""Judging kept beats again. Clause T1.3."""

from jiangxue.kernel.clock import to_ms
from jiangxue.learning.models import StudySession
from jiangxue.learning.rules.replay import RecordedBeat, replay
from jiangxue.learning.rules.shapes import Claim, Flag, Judgement
from jiangxue.learning.running import opening_of, policy_of


def judgements_of(session: StudySession) -> list[Judgement]:
    """Return the judgements of a session's kept beats, in order, without its end."""
    beats = [
        RecordedBeat(to_ms(beat.received_at), Claim(beat.claimed_position_ms, beat.claimed_idle_ms, Flag(beat.flags)))
        for beat in session.beats.order_by("n")
    ]
    return replay(opening_of(session), policy_of(session), beats, end=None)
