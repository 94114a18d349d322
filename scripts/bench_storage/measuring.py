"""Makes people, places, hours and their settlement, one after the other, and looks after each at how the tables have grown. Needs Django to be set up."""

from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from jiangxue.kernel.clock import HandClock
from jiangxue.project.demonstration.visitor import stage
from scripts.bench.place import DATABASE, Place
from scripts.bench_ledger.measuring import log_of
from scripts.bench_storage import report
from scripts.bench_storage.giving import given
from scripts.bench_storage.learning import Bench, credited_hours, first_moment, missed_share
from scripts.bench_storage.people import days_of, make_class, make_learners, take_in
from scripts.bench_storage.sizes import Dump, Sizes, dumped, grown, rows, sizes
from scripts.provision import SEALER, SIGNER
from scripts.terminal import say

_SEED = 20261127
ENROLLED_FOR_EACH = 10
"""So many are enrolled for each who learns: what is constant is small, and pages of 8 KB are coarse."""


def measure(place: Place, count: int, lessons: int) -> None:
    """Let so many learn so many lessons, and print what that takes."""
    began = first_moment(datetime.now(UTC), days_of(lessons))
    _make_parts(place, began, days_of(lessons) + 1)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        urls = [place.server.url(role, DATABASE) for role in (SEALER, SIGNER)]
        log = stack.enter_context(log_of(urls[0], urls[1], folder, 0))
        chance = Random(_SEED)  # noqa: S311 (nothing secret)
        on = stack.enter_context(stage(HandClock(began), chance.random))
        _report(count, began, *_filled(place, Bench(on, log, make_class(began, lessons), []), count, lessons))


def _filled(place: Place, bench: Bench, learning: int, lessons: int) -> tuple[Bench, list[Sizes], list[Dump]]:
    """Fill the database and return what was seen of it after each step, and backups before and after the hours."""
    began = bench.stage.clock.now()
    looks = [sizes(place)]
    learners = make_learners(began, learning * ENROLLED_FOR_EACH)
    looks.append(sizes(place))
    bench.places = take_in(bench.staff, learners, began)[:learning]
    bench.close_day()
    looks.append(sizes(place))
    dumps, before = [dumped(place)], rows(place, looks[-1])
    bench.learn(lessons)
    looks.append(sizes(place))
    dumps.append(dumped(place))
    added = {name: count - before[name] for name, count in rows(place, looks[-1]).items()}
    report.say_tables(grown(*looks[-2:]), added, credited_hours())
    bench.settle()
    return bench, [*looks, sizes(place)], dumps


def _report(count: int, began: datetime, bench: Bench, looks: list[Sizes], dumps: list[Dump]) -> None:
    found = report.PerUnit(*(grown(old, new) for old, new in pairwise(looks)))
    counted, dump = report.Count(count * ENROLLED_FOR_EACH, credited_hours()), dumps[1] - dumps[0]
    say(f"\n{counted.learners} enrolled; {count} learned {counted.hours:,.1f} h; {missed_share():.1%} of checks missed")
    report.say_constants(found, counted)
    report.say_given(given(bench.places, counted.hours / count, began.date()))
    report.say_backup(found, counted, dump)
    report.say_arithmetic(found, counted, dump)


def _make_parts(place: Place, began: datetime, days: int) -> None:
    with place.admin() as connection:
        connection.execute("SELECT learning_add_beat_partitions(%s, %s)", [began.date(), days])
