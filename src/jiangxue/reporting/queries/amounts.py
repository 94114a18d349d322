"""What the time of a scope comes to: the one function from which pages, charts and exports have it. docs/rules/statistics.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection

from jiangxue.reporting.queries.scope import Scope
from jiangxue.reporting.rules.sheets import hours_of

_SUMS = """
SELECT coalesce(sum(total.credited_ms), 0), coalesce(sum(total.confirmed_ms), 0), coalesce(sum(total.corrected_ms), 0)
{days}
"""
_REFUSED = """
SELECT refused.key, sum(refused.value::bigint)
{days}
GROUP BY refused.key ORDER BY refused.key
"""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Time of learning days as far as it is sealed, in milliseconds; what people gave back stands beside what was credited."""

    credited_ms: int = 0
    effective_ms: int = 0
    corrected_ms: int = 0
    refused_ms: Mapping[str, int] = field(default_factory=dict)

    @property
    def provisional_ms(self) -> int:
        """Return what no check has confirmed yet."""
        return self.credited_ms - self.effective_ms

    @property
    def all_refused_ms(self) -> int:
        """Return what was refused for any reason."""
        return sum(self.refused_ms.values())

    @property
    def raw_ms(self) -> int:
        """Return all time from sign-in to sign-out."""
        return self.credited_ms + self.all_refused_ms

    @property
    def by_column(self) -> dict[str, int]:
        """Return the same by the names of columns."""
        return {
            "raw": self.raw_ms,
            "credited": self.credited_ms,
            "effective": self.effective_ms,
            "hours": hours_of(self.effective_ms),
            "corrected": self.corrected_ms,
            "refused": self.all_refused_ms,
            **{f"refused_{reason}": ms for reason, ms in self.refused_ms.items()},
        }


DAYS = "JOIN learning_daytotal AS total ON (total.learner_id, total.training_class_id) = (place.learner_id, place.training_class_id)"
IN_TIME = "AND total.day BETWEEN %(first)s AND %(last)s"


def days_of(scope: Scope, beside: str = "") -> str:
    """Return where the learning days of a scope come from, for a statement that selects of them."""
    return scope.places(f"{DAYS} {beside}", IN_TIME)


def amounts(scope: Scope) -> Amounts:
    """Return what all learning days of a scope come to."""
    refused = "CROSS JOIN LATERAL jsonb_each_text(total.refused_ms) AS refused"
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(days=days_of(scope)), scope.values)
        credited, effective, corrected = cursor.fetchone() or (0, 0, 0)
        cursor.execute(_REFUSED.format(days=days_of(scope, refused)), scope.values)
        by_reason = {reason: int(ms) for reason, ms in cursor.fetchall() if ms}
    return Amounts(int(credited), int(effective), int(corrected), by_reason)
