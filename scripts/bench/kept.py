"""Beats of a day that has been going on for long: many sessions with some hours of beats each, in the order in which they came."""

import time

from scripts.bench.place import Place
from scripts.terminal import say

BEATS_OF_SESSION = 120

# One statement for each number, over all sessions: rows lie in the order of time, and the index grows at all its places at once.
_FILL = """
INSERT INTO learning_beat (
    session_id, n, received_at, claimed_position_ms, claimed_idle_ms, flags, client_ms, nonce, credited_ms
)
SELECT left(encode(sha256(('kept:' || i)::bytea), 'hex'), 32)::uuid, %(n)s,
    day.begins + (now() - day.begins) * ((%(n)s - 1 + i::float / %(sessions)s) / %(beats)s),
    %(n)s * 30000, 0, 0, %(n)s * 30000 + i %% 977, lpad(to_hex(i * 7919 + %(n)s), 16, '0'), 30000
FROM generate_series(0, %(sessions)s - 1) i,
    (SELECT date_trunc('day', now(), 'Asia/Shanghai') AS begins) day
"""


def keep_beats(place: Place, beats: int) -> None:
    """Add so many beats to today's part of the table."""
    sessions = beats // BEATS_OF_SESSION
    say(f"Adding {beats:,} beats of {sessions:,} sessions to today's.")
    started_s = time.monotonic()
    with place.admin() as connection:
        for n in range(1, BEATS_OF_SESSION + 1):
            connection.execute(_FILL, {"n": n, "sessions": sessions, "beats": BEATS_OF_SESSION})
        connection.execute("VACUUM (ANALYZE) learning_beat")
    say(f"That took {time.monotonic() - started_s:,.0f} s.")
