"""The world that is walked: two institutions in two cities, an enterprise in the first, each with everything that an address can name."""

from dataclasses import dataclass

from jiangxue.kernel.clock import HandClock
from jiangxue.organisations.models import Organisation
from tests.factories.courses import electrician
from tests.factories.words import word_list
from tests.walk import learning, office, teaching
from tests.walk.answers import signed_in
from tests.walk.rows import Rows, all_rows, keys_of_all_rows, last_job
from tests.walk.sides import Names, Side, founded, let

EAST = Names("青禾", "qinghe", city="4401", district="440104", serial=1)
WEST = Names("琥珀", "hupo", city="4406", district="440604", serial=2)
WORKS = Names("江鲤", "jiangli", city="4401", district="440106", kind=Organisation.Kind.ENTERPRISE, serial=3)
_DEEDS = (
    teaching.publish,
    teaching.hand_in,
    teaching.send_files,
    teaching.open_the_class,
    learning.learn,
    learning.show_faces,
    learning.hold_a_ticket,
    learning.be_seen,
    learning.attend,
    learning.be_tested,
    learning.ask,
    office.found_papers,
    office.apply,
    office.send_rosters,
    office.prove,
    office.look_into,
    office.order,
    office.draw,
    office.export,
    office.hear_of_it,
    office.settle,
)


@dataclass(frozen=True)
class World:
    """Three sides, the time at which they are looked at, and what stands in every row then."""

    east: Side
    west: Side
    works: Side
    clock: HandClock
    rows: Rows
    last_job: int


def build(clock: HandClock) -> World:
    """Let everything happen on each side, one side after the other."""
    word_list(clock.now())
    electrician()
    sides = []
    for names in (EAST, WEST, WORKS):
        before = keys_of_all_rows()
        side = founded(names, clock)
        let(side, _DEEDS)
        side.rows = {table: keys - before[table] for table, keys in keys_of_all_rows().items()}
        sides.append(side)
    for side in sides:
        signed_in(side)
    return World(*sides, clock=clock, rows=all_rows(), last_job=last_job())
