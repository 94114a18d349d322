"""Whether the database holds what was acknowledged: asked of it after every run, and only of it."""

from pathlib import Path

import psycopg

from scripts.bench.place import AdminConnection, Place

_TABLE = """
DROP TABLE IF EXISTS bench_acknowledged, bench_stored, bench_sessions;
CREATE UNLOGGED TABLE bench_acknowledged (session uuid, n int, credited_ms int);
CREATE UNLOGGED TABLE bench_sessions AS
    SELECT id, learner_id, opened_at FROM learning_studysession
    WHERE id IN (SELECT left(encode(sha256((%(run)s || ':' || i)::bytea), 'hex'), 32)::uuid
        FROM generate_series(0, %(learners)s - 1) i);
CREATE UNLOGGED TABLE bench_stored AS
    SELECT b.session_id AS session, b.n, b.credited_ms, b.received_at FROM learning_beat b
    JOIN bench_sessions s ON s.id = b.session_id WHERE b.received_at >= s.opened_at;
"""
# Each names a fault and counts it; all counts must be 0.
_FAULTS_OF_BEATS = {
    "acknowledged and not stored": """
        SELECT count(*) FROM bench_acknowledged a LEFT JOIN bench_stored b USING (session, n) WHERE b.n IS NULL""",
    "acknowledged with another credit than stored": """
        SELECT count(*) FROM bench_acknowledged a JOIN bench_stored b USING (session, n)
        WHERE a.credited_ms <> b.credited_ms""",
    "stored twice": "SELECT count(*) FROM (SELECT FROM bench_stored GROUP BY session, n HAVING count(*) > 1) twice",
    "credited more than has passed": """
        SELECT count(*) FROM (SELECT session, sum(credited_ms) AS credited_ms, max(received_at) AS at
            FROM bench_stored GROUP BY session) b
        JOIN bench_sessions s ON s.id = b.session WHERE make_interval(secs => b.credited_ms / 1000.0) > b.at - s.opened_at""",
}
# Sessions that have ended have no lease any more.
_FAULTS_OF_LEASES = {
    "lease behind an acknowledged beat": """
        SELECT count(*) FROM (SELECT session, max(n) AS n FROM bench_acknowledged GROUP BY session) a
        JOIN learning_lease l ON l.session_id = a.session WHERE l.n < a.n""",
    "lease that holds another sum than its beats": """
        SELECT count(*) FROM (SELECT session, sum(credited_ms) AS credited_ms FROM bench_stored GROUP BY session) b
        JOIN learning_lease l ON l.session_id = b.session
        JOIN learning_studysession s ON s.id = b.session
        WHERE l.reached_ms - (s.opening->>'reached_ms')::int <> b.credited_ms""",
}
_FAULTS = {**_FAULTS_OF_BEATS, **_FAULTS_OF_LEASES}


class Untrue(Exception):
    """The database does not hold what was acknowledged."""


def check(place: Place, run: str, learners: int, acknowledged: Path, *, ended: bool = False) -> dict[str, int]:
    """Compare a run's acknowledgements with the database; returns what was counted, faults and sizes alike."""
    with place.admin() as connection:
        _load(connection, run, learners, acknowledged)
        asked = _FAULTS_OF_BEATS if ended else _FAULTS
        found = {name: _count(connection, statement) for name, statement in asked.items()}
        found["beats acknowledged"] = _count(connection, "SELECT count(*) FROM bench_acknowledged")
        found["beats stored"] = _count(connection, "SELECT count(*) FROM bench_stored")
        found["ms credited"] = _count(connection, "SELECT coalesce(sum(credited_ms), 0)::bigint FROM bench_stored")
    return found


def faults_in(found: dict[str, int]) -> dict[str, int]:
    """Return the counts that must be 0 and are not."""
    return {name: count for name, count in found.items() if name in _FAULTS and count}


def _load(connection: AdminConnection, run: str, learners: int, acknowledged: Path) -> None:
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(_TABLE, {"run": run, "learners": learners})
    with connection.cursor() as copying, copying.copy("COPY bench_acknowledged FROM STDIN") as copy:
        copy.write(acknowledged.read_bytes())
    connection.execute("ANALYZE bench_acknowledged, bench_stored, bench_sessions")


def _count(connection: AdminConnection, statement: str) -> int:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return int(str(row[0]))
