"""A database in which every table of evidence, and every table that is seen by row, has a row."""

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Interruption
from tests.conftest import MORNING, connected_to
from tests.factories import (
    appeals,
    attendance,
    cases,
    courses,
    openings,
    retention,
    sessions,
    settlements,
    supervising,
    words,
)
from tests.factories.classes import Classroom, classroom
from tests.factories.identity import one_of_each
from tests.factories.logs import one_row_in_each_table
from tests.factories.ratings import changed_rating


def fill(database: str) -> Classroom:
    """Put a row into each table of evidence of a database in which transactions commit; return the class that most are about."""
    with connected_to(database):
        room = classroom(MORNING)
        settlements.settled_class(room, MORNING)
        cases.one_of_each(room, MORNING)
        retention.rule(MORNING)
        running = sessions.session(room, MORNING)
        sessions.beat(running, MORNING)
        sessions.verdict(sessions.segment(running, MORNING), MORNING)
        one_of_each(running, room, MORNING)
        attendance.one_of_each(room, MORNING)
        appeals.correction(appeals.appeal(running, MORNING), MORNING)
        Interruption.objects.create(at=MORNING, kind="started")
        courses.taken_down(MORNING)
        words.word_list(MORNING)
        words.screened("加微信", MORNING)
        changed_rating(MORNING)
        openings.evidence(MORNING)
        supervising.one_of_each(room, HandClock(MORNING))
    one_row_in_each_table(database)
    return room
