"""What a person must look at, said once until something else happens."""

from jiangxue.ledger.log.nodes import Connection


def raise_alarm(connection: Connection, kind: str, detail: str, now_ms: int) -> None:
    """Add an alarm, unless the last one of its kind says the same."""
    connection.execute(
        """
        INSERT INTO ledger_alarm (kind, detail, at_ms) SELECT %(kind)s::text, %(detail)s::text, %(now_ms)s
        WHERE %(detail)s::text IS DISTINCT FROM (SELECT detail FROM ledger_alarm WHERE kind = %(kind)s::text ORDER BY id DESC LIMIT 1)
        """,
        {"kind": kind, "detail": detail, "now_ms": now_ms},
    )
