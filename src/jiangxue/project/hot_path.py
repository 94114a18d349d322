"""Puts the hot path together."""

from jiangxue.learning.hot.app import HotPath
from jiangxue.learning.hot.committer import Committer, Limits
from jiangxue.learning.hot.hearing import Clock, Hearing, database_time
from jiangxue.learning.hot.keys import Keys
from jiangxue.learning.hot.lane import Lane
from jiangxue.learning.hot.wire import Writer
from jiangxue.project.env import HotEnvironment

LANES = 2
"""Connections of one process: one gathers what comes while the other commits."""

SESSION_ENDED = "/learn/sessions/{session}/"
"""The page that explains why a session ended: the one page whose address the hot path must know."""


def hot_path(environment: HotEnvironment, clock: Clock = database_time, limits: Limits | None = None) -> HotPath:
    """Return the hot path of one process; tests bring a clock and limits of their own."""
    limits = limits or Limits()
    hearing = Hearing(Writer(SESSION_ENDED), Keys(environment.media_master_key), clock)
    lanes = [Lane(environment.database_url, hearing, limits.silence_ms) for _ in range(LANES)]
    return HotPath(Committer(lanes, limits), environment.beat_master_key)
