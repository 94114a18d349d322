"""What places hold day by day: one statement, read directly for few places, and kept by a job for many (`reporting_placeday`).

A million days take seconds to be put together and tenths of a second to be added up: docs/decisions/0038.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from jiangxue.learning.rules.reasons import Reason
from jiangxue.reporting.models import LastLook
from jiangxue.reporting.queries.people import CLASSES
from jiangxue.reporting.queries.scope import Scope
from jiangxue.reporting.rules.columns import ATTENDED, COLUMNS, OUTCOMES

FEW = 500
"""So many places are read directly, so that a class shows what its sheets show; more are read from what is kept."""
KEPT_DAYS = "days"
_CHINESE_DAY = "({} AT TIME ZONE 'Asia/Shanghai')::date"
_SESSIONS = "JOIN learning_studysession AS session ON session.enrolment_id = chosen.id"
_TIME = {
    "credited": "total.credited_ms",
    "effective": "total.confirmed_ms",
    "corrected": "total.corrected_ms",
    **{f"refused_{each.value}": f"coalesce((total.refused_ms ->> '{each.value}')::integer, 0)" for each in Reason},
}
_CHECKS = {
    f"{kind}_{outcome}": f"(asked.outcome = '{outcome}' AND {told})::integer"
    for kind, told in (("check", "asked.kind <> 'face'"), ("face", "asked.kind = 'face'"))
    for outcome in OUTCOMES
}
_TESTS = {
    "test_passed": "(attempt.passed IS TRUE)::integer",
    "test_failed": "(attempt.passed IS FALSE)::integer",
    "test_expired": "(attempt.outcome = 'expired')::integer",
    "test_score": "coalesce(attempt.score, 0)",
}
_ATTEMPTS = """
JOIN assessment_attempt AS attempt ON attempt.enrolment_id = chosen.id AND attempt.outcome IN ('submitted', 'expired')
"""
_ATTENDANCE = "JOIN reporting_placeattendance AS attended ON attended.enrolment_id = chosen.id"


def _branch(day: str, known: dict[str, str], source: str) -> str:
    columns = ", ".join(f"{known.get(name, '0')} AS {name}" for name in COLUMNS)
    return f"SELECT chosen.id AS enrolment_id, {day} AS day, {columns} FROM chosen {source}"


def day_facts(chosen: str, *, recent: bool = False) -> str:
    """Return the statement that puts days together, of places that another one gives as (id, learner_id, training_class_id).

    What is `recent` begins with the day `since`, a parameter; a session of that day began a week before at the earliest.
    """
    lately = " AND session.opened_at >= (%(since)s::date - 7)::timestamp AT TIME ZONE 'Asia/Shanghai'" if recent else ""
    sessions, days = _SESSIONS + lately, "WHERE part.day >= %(since)s" if recent else ""
    parts = [
        _branch("total.day", _TIME, "JOIN learning_daytotal AS total ON (total.learner_id, total.training_class_id) = (chosen.learner_id, chosen.training_class_id)"),
        _branch(_CHINESE_DAY.format("session.opened_at"), {"sign_ins": "1"}, sessions),
        _branch(
            _CHINESE_DAY.format("asked.asked_at"),
            _CHECKS,
            f"{sessions} JOIN learning_check AS asked ON asked.session_id = session.id WHERE asked.outcome NOT IN ('', 'withdrawn')",
        ),
        _branch(_CHINESE_DAY.format("attempt.ended_at"), _TESTS, _ATTEMPTS),
        _branch("attended.day", {name: f"attended.{name}" for name in ATTENDED}, _ATTENDANCE),
    ]  # fmt: skip
    sums = ", ".join(f"sum({name})::integer AS {name}" for name in COLUMNS)
    together = " UNION ALL ".join(parts)
    return f"""
        WITH chosen AS MATERIALIZED ({chosen})
        SELECT enrolment_id, day, {sums} FROM ({together}) AS part {days} GROUP BY enrolment_id, day
    """


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the days of a scope are read, and as of when; `is_kept` says that a job has written them."""

    scope: Scope
    as_of: datetime
    is_kept: bool

    def whole(self, *, of_learners: bool) -> str:
        """Return where the same comes from for a statement that asks for no days: then it is kept by place as well."""
        chooses = of_learners or self.scope.filter.asks_of_learners
        if self.is_kept and chooses and self.scope.filter.first is None and self.scope.filter.last is None:
            return self.scope.places(f"{CLASSES} JOIN reporting_placetotal AS fact ON fact.enrolment_id = place.id")
        return self.days(of_learners=of_learners)

    def days(self, *, of_learners: bool) -> str:
        """Return where days come from, as `fact`, for a statement that groups them: by class where nothing is asked of learners."""
        if self.is_kept and not of_learners and not self.scope.filter.asks_of_learners:
            return f"""
                FROM enrolment_trainingclass AS class {CLASSES} JOIN reporting_classday AS fact ON fact.training_class_id = class.id
                WHERE class.id = ANY(%(classes)s) {_IN_TIME}
            """
        source = "reporting_placeday"
        if not self.is_kept:
            chosen = f"SELECT place.id, place.learner_id, place.training_class_id {self.scope.places()}"
            source = f"({day_facts(chosen)})"
        return self.scope.places(f"{CLASSES} JOIN {source} AS fact ON fact.enrolment_id = place.id", _IN_TIME)


_IN_TIME = "AND fact.day BETWEEN %(first)s AND %(last)s"


def facts_of(scope: Scope) -> Facts:
    """Return where to read: directly, as of now, for few places and as long as nothing is kept; else what is kept, as of then."""
    look = LastLook.objects.filter(kept=KEPT_DAYS).first()
    if look is None or _are_few(scope):
        return Facts(scope, scope.now, is_kept=False)
    return Facts(scope, look.at, is_kept=True)


def _are_few(scope: Scope) -> bool:
    return counted(scope, FEW + 1) <= FEW


def counted(scope: Scope, most: int) -> int:
    """Return how many places a scope has, or `most` where there are more."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 {scope.places()} LIMIT %(most)s) AS found", {**scope.values, "most": most}
        )
        (found,) = cursor.fetchone() or (0,)
    return int(found)


def sums(names: Iterable[str] = COLUMNS) -> str:
    """Return the sums of columns, for a statement that groups days."""
    return ", ".join(f"coalesce(sum(fact.{name}), 0)::bigint" for name in names)
