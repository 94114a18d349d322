"""What the time of a scope comes to: the one function from which pages, charts and exports have it. docs/rules/statistics.md."""

from django.db import connection

from jiangxue.reporting.queries.scope import Scope
from jiangxue.reporting.rules.figures import Amounts

DAYS = """
JOIN learning_daytotal AS total ON total.learner_id = place.learner_id
    AND total.training_class_id BETWEEN place.training_class_id AND place.training_class_id
"""
"""The same class, said as a range: two equalities would be taken for independent of each other, and half a million days for some hundreds."""
IN_TIME = "AND total.day BETWEEN %(first)s AND %(last)s"
SUMS = "coalesce(sum(total.credited_ms), 0), coalesce(sum(total.confirmed_ms), 0), coalesce(sum(total.corrected_ms), 0)"
REFUSED = "CROSS JOIN LATERAL jsonb_each_text(total.refused_ms) AS refused"


def days_of(scope: Scope, beside: str = "") -> str:
    """Return where the learning days of a scope come from, for a statement that selects of them."""
    return scope.places(f"{DAYS} {beside}", IN_TIME)


def amounts(scope: Scope) -> Amounts:
    """Return what all learning days of a scope come to."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SUMS} {days_of(scope)}", scope.values)
        credited, effective, corrected = cursor.fetchone() or (0, 0, 0)
        cursor.execute(
            f"SELECT refused.key, sum(refused.value::bigint) {days_of(scope, REFUSED)} GROUP BY 1 ORDER BY 1",
            scope.values,
        )
        by_reason = {reason: int(ms) for reason, ms in cursor.fetchall() if ms}
    return Amounts(int(credited), int(effective), int(corrected), by_reason)
