"""The figures of statistics (统计): each by one function of a scope, the same for page, chart and export. docs/rules/statistics.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from jiangxue.djangokit.row_security import as_reporter
from jiangxue.learning.rules.reasons import Reason
from jiangxue.occupations.rules.levels import Level
from jiangxue.reporting.queries.amounts import DAYS, IN_TIME
from jiangxue.reporting.queries.cases import COUNTS, HELD_BACK, HELD_BACK_IN, OPENED, WHY
from jiangxue.reporting.queries.facts import Facts, facts_of, sums
from jiangxue.reporting.queries.people import CLASSES
from jiangxue.reporting.queries.scope import AGE, CLASS_STATE, EDUCATION, GROUP, LEARNER_STATE, Scope
from jiangxue.reporting.queries.time_cells import SETTLED
from jiangxue.reporting.rules.columns import ATTENDED, COLUMNS, OUTCOMES, TESTS
from jiangxue.reporting.rules.figures import (
    AGE_BANDS,
    OF_LEARNERS,
    PROGRESS_BANDS,
    Amounts,
    Attempts,
    Attended,
    Cases,
    Division,
    Outcomes,
    People,
    Period,
    Tally,
    begins,
    period_of,
    without_gaps,
)

_BAND = f"width_bucket({AGE}, ARRAY{list(AGE_BANDS)})::text"
_DIVIDED: dict[Division, tuple[str, str]] = {
    Division.INSTITUTION: ("institution.id::text", "min(institution.name)"),
    Division.REGION: ("region.code", "min(region.name)"),
    Division.COURSE: ("class.course_id::text", "min(version.title)"),
    Division.CLASS: ("class.id::text", "min(class.name)"),
    Division.STATE: (CLASS_STATE, "''"),
    Division.OCCUPATION: ("version.occupation_code", "min(version.occupation_name)"),
    Division.LEVEL: ("version.level", "''"),
    Division.GROUP: (GROUP, "''"),
    Division.EDUCATION: (EDUCATION, "''"),
    Division.AGE: (f"coalesce({_BAND}, '')", "''"),
    Division.SEX: ("coalesce(identity.sex, '')", "''"),
    Division.LEARNER: (LEARNER_STATE, "''"),
}
"""For each division what its parts are known by, and what they are called where the database knows that."""
_PEOPLE = f"""
count(*), {{persons}}, count(*) FILTER (WHERE {LEARNER_STATE} = 'learning'),
count(*) FILTER (WHERE {LEARNER_STATE} = 'finished'),
count(*) FILTER (WHERE {LEARNER_STATE} = 'unfinished'), count(*) FILTER (WHERE {LEARNER_STATE} = 'left'),
count(settled.hours), coalesce(sum(settled.hours), 0)
"""
_LEVELS = (*Level, "")
"""From the lowest on; what leads to no level comes last."""
_PERSONS = "count(DISTINCT place.learner_id)"
_ASKED_DAY = """
AND {0} >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Shanghai'
AND {0} < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
"""


MOST_PARTS = 50
"""So many parts of a division are told apart; who wants all classes has the sheet of classes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a division: what it is known by, what it is called where the database knows that, and what it comes to."""

    key: str
    named: str
    people: People
    tally: Tally
    cases: Cases


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that one page of statistics says of a scope; `parts` are in order and without gaps, `beyond` is how many parts of the division are left out."""

    as_of: datetime
    people: People
    total: Tally
    period: Period
    parts: Sequence[tuple[date, Tally]]
    by: Division
    division: Sequence[Part]
    beyond: int
    progress: Mapping[int, int]
    ratings: Mapping[int, int]
    log_ins: int
    cases: Cases


@as_reporter()
def statistics_of(scope: Scope, by: Division, period: Period | None = None) -> Statistics:
    """Return the statistics of a scope; without a period, by the finest that a chart can show."""
    facts = facts_of(scope)
    days = tallies_in(scope, facts, Period.DAY)
    chosen = period or period_of(days)
    parts: dict[date, Tally] = dict.fromkeys(without_gaps(chosen, days), Tally())
    for day, tally in days.items():
        parts[begins(chosen, day)] += tally
    division = _division(scope, facts, by)
    return Statistics(
        as_of=facts.as_of,
        people=replace(sum((part.people for part in division), People()), persons=persons(scope)),
        total=sum(days.values(), Tally()),
        period=chosen,
        parts=list(parts.items()),
        by=by,
        division=division[:MOST_PARTS],
        beyond=max(0, len(division) - MOST_PARTS),
        progress=progress(scope),
        ratings=ratings(scope),
        log_ins=log_ins(scope),
        cases=cases(scope),
    )


def _division(scope: Scope, facts: Facts, by: Division) -> list[Part]:
    """Return the parts of a division: ages, regions and levels in their order, all others by how many are enrolled."""
    tallies, looked_into = tallies_by(scope, facts, by), cases_by(scope, by)
    found = [
        Part(key, named, held, tallies.get(key, Tally()), looked_into.get(key, Cases()))
        for key, (named, held) in people_by(scope, by).items()
    ]
    if by is Division.LEVEL:
        return sorted(found, key=lambda part: _LEVELS.index(part.key))
    if by in (Division.AGE, Division.REGION):
        return sorted(found, key=lambda part: part.key)
    return sorted(found, key=lambda part: (-part.people.enrolled, part.named, part.key))


def people(scope: Scope) -> People:
    """Return how many places a scope has and how they stand."""
    (found,) = _asked(scope, f"SELECT {_PEOPLE.format(persons=_PERSONS)} {scope.places(SETTLED)}")
    return People(*map(int, found))


def persons(scope: Scope) -> int:
    """Return how many different people have a place in a scope."""
    ((found,),) = _asked(scope, f"SELECT {_PERSONS} {scope.places()}")
    return int(found)


def people_by(scope: Scope, by: Division) -> dict[str, tuple[str, People]]:
    """Return the same for each part of a division, with what the part is called; persons are not told apart there."""
    key, label = _DIVIDED[by]
    found = _asked(
        scope, f"SELECT {key}, {label}, {_PEOPLE.format(persons=0)} {scope.places(f'{CLASSES} {SETTLED}')} GROUP BY 1"
    )
    return {part: (name, People(*map(int, rest))) for part, name, *rest in found}


def cases(scope: Scope) -> Cases:
    """Return the cases that were opened in the days of a scope, and how much time is not recognised because of any."""
    return _cases(scope, "1").get(1, Cases())


def cases_by(scope: Scope, by: Division) -> dict[str, Cases]:
    """Return the same for each part of a division."""
    return _cases(scope, _DIVIDED[by][0], CLASSES)


def _cases(scope: Scope, key: str, beside: str = "") -> dict[Any, Cases]:
    opened = scope.places(f"{beside} {OPENED}", _ASKED_DAY.format("opened.placed_at"))
    days = scope.places(f"{beside} {DAYS} {WHY}", f"{IN_TIME} {HELD_BACK_IN}")
    counts = {part: rest for part, *rest in _asked(scope, f"SELECT {key}, {COUNTS} {opened} GROUP BY 1")}
    times = {part: rest for part, *rest in _asked(scope, f"SELECT {key}, {HELD_BACK} {days} GROUP BY 1")}
    return {part: Cases(*counts.get(part, (0,) * 4), *times.get(part, (0,) * 2)) for part in counts | times}


def tallies_in(scope: Scope, facts: Facts, period: Period) -> dict[date, Tally]:
    """Return what the days of a scope come to, for each part of time in which there was anything."""
    return _tallies(scope, facts.days(of_learners=False), f"date_trunc('{period.value}', fact.day)::date")


def tallies_by(scope: Scope, facts: Facts, by: Division) -> dict[str, Tally]:
    """Return the same for each part of a division."""
    return _tallies(scope, facts.whole(of_learners=by in OF_LEARNERS), _DIVIDED[by][0])


@dataclass(frozen=True, slots=True)
class Total:
    """What all days of a scope come to, and as of when."""

    tally: Tally
    as_of: datetime


@as_reporter()
def total_of(scope: Scope) -> Total:
    """Return what all days of a scope come to."""
    facts = facts_of(scope)
    return Total(sum(_tallies(scope, facts.whole(of_learners=False), "1").values(), Tally()), facts.as_of)


def _tallies[Key](scope: Scope, source: str, key: str) -> dict[Key, Tally]:
    statement = f"SELECT {key}, {sums()} {source} GROUP BY 1"
    return {part: _tally(rest) for part, *rest in _asked(scope, statement)}


def _tally(values: Sequence[int]) -> Tally:
    held = dict(zip(COLUMNS, values, strict=True))
    refused = {each.value: held[f"refused_{each.value}"] for each in Reason}
    return Tally(
        sign_ins=held["sign_ins"],
        time=Amounts(
            held["credited"], held["effective"], held["corrected"], {name: ms for name, ms in refused.items() if ms}
        ),
        checks=Outcomes(*(held[f"check_{each}"] for each in OUTCOMES)),
        faces=Outcomes(*(held[f"face_{each}"] for each in OUTCOMES)),
        tests=Attempts(*(held[each] for each in TESTS)),
        attended=Attended(*(held[each] for each in ATTENDED)),
    )


def progress(scope: Scope) -> dict[int, int]:
    """Return how many places have completed which share of their lessons, by the number of the band."""
    share = "CASE WHEN standing.done > 0 THEN greatest(1, standing.done * 100 / standing.lessons) ELSE 0 END"
    band = f"width_bucket({share}, ARRAY{list(PROGRESS_BANDS)})"
    return {int(at) - 1: many for at, many in _asked(scope, f"SELECT {band}, count(*) {scope.places()} GROUP BY 1")}


def log_ins(scope: Scope) -> int:
    """Return how often the persons of a scope signed in to the platform (登录); that of somebody with several places counts once."""
    statement = f"""
        SELECT count(*) FROM audit_auditentry AS entry
        WHERE entry.action = 'sign_in' AND entry.result = 'done' {_ASKED_DAY.format("entry.at")}
            AND entry.actor_id IN (SELECT place.learner_id {scope.places()})
    """
    ((found,),) = _asked(scope, statement)
    return int(found)


def ratings(scope: Scope) -> Mapping[int, int]:
    """Return how many places gave how many stars to their course."""
    rated = "JOIN rating_courserating AS rating ON rating.enrolment_id = place.id"
    source = scope.places(rated, _ASKED_DAY.format("rating.rated_at"))
    return dict(_asked(scope, f"SELECT rating.stars, count(*) {source} GROUP BY 1"))


def _asked(scope: Scope, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, scope.values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
