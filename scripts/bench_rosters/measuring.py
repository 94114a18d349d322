"""Measures each step of two rosters, as a page and as the worker does it. Needs Django to be set up."""

from collections.abc import Callable
from time import perf_counter, process_time

from jiangxue.accounts.models import Account
from jiangxue.enrolment.jobs import tell_archives
from jiangxue.enrolment.models import Enrolment, RosterEntry, RosterFile
from jiangxue.enrolment.queries.roster_files import Place, file_for, shown
from jiangxue.enrolment.services.opening_runs import open_asked
from jiangxue.enrolment.services.openings import open_approved
from jiangxue.enrolment.services.roster_files import confirm
from jiangxue.enrolment.services.taking_in import take_in
from jiangxue.kernel.clock import MachineClock
from scripts.terminal import say
from tests.factories import people
from tests.factories.openings import Office, actor, approved, office, opened, person, submitted, written
from tests.factories.rosters import HEADER, kept, person_row, plain_csv

_HEADER = (*HEADER, "人员类别", "文化程度", "户籍地代码", "单位")
_TOLD = ("农民工", "大专", "440106", "广州白云电子有限公司")


def measure(count: int) -> None:
    """Print how long it takes with `count` people on each roster."""
    clock = MachineClock()
    _open(office(clock.now()), count, clock)
    of = office(clock.now())
    training_class = opened(of, clock.now(), person(2 * count))
    more = count - training_class.enrolments.count()
    place = Place(training_class=training_class)
    _sent(of, place, range(count, count + more), clock)
    mark = _mark(of, place, clock)
    _timed("an open class: confirm", lambda: _confirmed(of, place, mark, clock))
    _timed("an open class: taken in, by the worker", lambda: _taken_in(clock), more)
    say(f"in the end: {Account.objects.count():,} accounts, {Enrolment.objects.count():,} places")


def _open(of: Office, count: int, clock: MachineClock) -> None:
    opening = written(of, clock.now())
    place = Place(opening=opening)
    _sent(of, place, range(count), clock)
    mark = _mark(of, place, clock)
    _timed("an application: confirm", lambda: _confirmed(of, place, mark, clock))
    _timed("an application: saved, by the worker", lambda: _taken_in(clock), count)
    assert RosterEntry.objects.count() == count
    _timed("an application: checked, signed and handed in", lambda: submitted(of, opening, clock.now()))
    approved(of, opening, clock.now())
    viewer, by = people.viewer(of.administrator), actor(of.administrator)
    _timed(
        "an application: asked to be opened",
        lambda: open_approved(viewer=viewer, opening_id=opening.pk, by=by, now=clock.now()),
    )
    _timed("a class opened, by the worker", lambda: open_asked(opening.pk, clock=clock), count)
    opening.refresh_from_db()
    assert opening.training_class is not None
    assert opening.training_class.enrolments.count() == count


def _sent(of: Office, place: Place, serials: range, clock: MachineClock) -> None:
    rows = [(*person_row(serial), *_TOLD) for serial in serials]
    content = plain_csv([_HEADER, *rows])
    _timed("a roster read", lambda: kept(of.administrator, place, content, clock.now()))
    _timed("a roster looked at", lambda: _mark(of, place, clock))


def _mark(of: Office, place: Place, clock: MachineClock) -> str:
    now = clock.now()
    return shown(file_for(people.viewer(of.administrator), place), place, now=now).verdict.mark


def _confirmed(of: Office, place: Place, mark: str, clock: MachineClock) -> None:
    viewer = people.viewer(of.administrator)
    say(f"  {confirm(viewer=viewer, place=place, mark=mark, by=actor(of.administrator), now=clock.now())}")


def _taken_in(clock: MachineClock) -> None:
    take_in(RosterFile.objects.get(state="taken").pk, tell_archives=tell_archives, clock=clock)


def _timed(what: str, act: Callable[[], object], people_in_it: int = 0) -> None:
    began, of_core = perf_counter(), process_time()
    act()
    seconds, core = perf_counter() - began, process_time() - of_core
    rate = f"  {people_in_it / seconds:,.0f} people/s" if people_in_it else ""
    say(f"{what:50} {seconds:8.2f} s ({core:.2f} s of a core in Python){rate}")
