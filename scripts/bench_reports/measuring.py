"""Asks each list and each figure of statistics for some filters, and prints how long that took. Needs Django to be set up."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection

from jiangxue.accounts.rules.id_types import Sex
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.reporting.queries import statistics
from jiangxue.reporting.queries.amounts import amounts
from jiangxue.reporting.queries.choices import choices_for
from jiangxue.reporting.queries.facts import facts_of
from jiangxue.reporting.queries.registry import SHEETS, sheet_for
from jiangxue.reporting.queries.scope import Scope, scope_of
from jiangxue.reporting.rules.figures import Division, Period, Tally
from jiangxue.reporting.rules.filters import Filter
from jiangxue.reporting.services.keeping import keep_days
from scripts.bench.place import Place
from scripts.bench_reports.filling import ADMINISTRATED, Size, fill
from scripts.bench_reports.pages import measure_pages
from scripts.terminal import say

ROWS_A_PAGE, CLASSES_A_PAGE, MOST_COUNTED = 50, 20, 2_000
"""As portals/querying/sheets.py has them."""
PROVINCE = Viewer(1, Role.SUPERVISOR, 1, "44")
_TABLES = ("learning_daytotal", "learning_studysession", "learning_check", "reporting_placeday")
type Measured = tuple[str, Callable[[], object]]


def measure(place: Place, learners: int, times: int) -> None:
    """Fill the database and print milliseconds."""
    size = Size(learners)
    began = perf_counter()
    with place.admin() as admin:
        for step in fill(admin, size):
            say(f"{perf_counter() - began:5.0f} s  {step}")
    _keep(times)
    say(f"\n{size.learners:,} learners, {size.records:,} learning records; median of {times}, in ms")
    now = datetime.now(UTC)
    for name, asked in filters(now):
        say(f"\n| {name} | median ms | most ms |\n|---|---|---|")
        for what, ask in (*lists(asked, now), *figures(scope_of(PROVINCE, asked, now))):
            _say_time(what, ask, times)
    measure_pages(times, ADMINISTRATED)
    _say_difference(now)


def _keep(times: int) -> None:
    """Say how long the job takes: for all days, and for the recent ones when little has changed."""
    for what in ("all days", "the recent days")[: 1 + (times > 0)]:
        began = perf_counter()
        changed = keep_days(clock=DatabaseClock())
        say(f"the job keeps {what}: {perf_counter() - began:.1f} s, {changed:,} rows written")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reporting_placeday")
        for table in _TABLES:
            cursor.execute("SELECT pg_total_relation_size(%s) / 1000000", [table])
            (megabytes,) = cursor.fetchone() or (0,)
            say(f"{table}: {megabytes:,} MB")


def filters(now: datetime) -> Iterator[tuple[str, Filter]]:
    """Yield what an authority of the province asks for, from everything to one class."""
    today = learning_day(now)
    last_two_weeks = today - timedelta(days=14)
    yield "everything", Filter()
    yield "one sex", Filter(sex=Sex.MALE)
    yield "one group", Filter(group=PriorityGroup.MIGRANT_WORKERS)
    yield "two weeks", Filter(first=last_two_weeks, last=today)
    yield "one institution", Filter(institution=3)
    yield "a name that nobody has", Filter(name="无此人")
    yield "one class", Filter(training_class=77)
    yield (
        "one group, one course, two weeks",
        Filter(group=PriorityGroup.MIGRANT_WORKERS, course=3, first=last_two_weeks, last=today),
    )


def lists(asked: Filter, now: datetime) -> Iterator[Measured]:
    """Yield the first page of each sheet, with its count as far as a page counts."""
    yield "choices of the filter", lambda: choices_for(PROVINCE, now)
    for name in SHEETS:
        sheet = sheet_for(PROVINCE, name, asked, now=now)
        rows = CLASSES_A_PAGE if name == "classes" else ROWS_A_PAGE
        yield f"{name}: {rows} rows", lambda sheet=sheet, rows=rows: list(sheet.rows(limit=rows))  # type: ignore[misc]
        yield f"{name}: count", lambda sheet=sheet: sheet.count(MOST_COUNTED + 1)  # type: ignore[misc]


def figures(scope: Scope) -> Iterator[Measured]:
    """Yield each figure of statistics."""
    facts = facts_of(scope)
    yield "the whole page by institution", lambda: statistics.statistics_of(scope, Division.INSTITUTION)
    yield "the whole page by group", lambda: statistics.statistics_of(scope, Division.GROUP)
    yield "people", lambda: statistics.people(scope)
    yield "time, sign-ins and checks by month", lambda: statistics.tallies_in(scope, facts, Period.MONTH)
    yield "the same by group", lambda: statistics.tallies_by(scope, facts, Division.GROUP)
    yield "the same by institution", lambda: statistics.tallies_by(scope, facts, Division.INSTITUTION)
    yield "people by group", lambda: statistics.people_by(scope, Division.GROUP)
    yield "progress", lambda: statistics.progress(scope)
    yield "ratings", lambda: statistics.ratings(scope)
    yield "cases", lambda: statistics.cases(scope)
    yield "cases by institution", lambda: statistics.cases_by(scope, Division.INSTITUTION)
    yield "log-ins", lambda: statistics.log_ins(scope)
    yield "total under a list", lambda: statistics.total_of(scope)


def _say_time(what: str, ask: Callable[[], object], times: int) -> None:
    spent = []
    ask()
    for _ in range(times):
        began = perf_counter()
        ask()
        spent.append((perf_counter() - began) * 1000)
    say(f"| {what} | {median(spent):.0f} | {max(spent):.0f} |")


def _say_difference(now: datetime) -> None:
    """Compare what is kept with the table of days: they must agree to the millisecond."""
    scope = scope_of(PROVINCE, Filter(), now)
    kept = sum(statistics.tallies_in(scope, facts_of(scope), Period.MONTH).values(), Tally()).time
    read = amounts(scope)
    say(
        f"\nkept and read directly: {'the same' if kept == read else 'NOT THE SAME'}, {read.effective_ms:,} ms effective"
    )
