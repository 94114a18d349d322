"""What learning does by itself."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.partitions import add_partitions
from jiangxue.learning.services.recomputations import perform_recomputation
from jiangxue.learning.services.sealing import seal_open
from jiangxue.learning.services.stopping import end_taken_down
from jiangxue.learning.services.telling import tell_of_waiting

blueprint = Blueprint()

EVERY_TEN_SECONDS = "* * * * * */10"
"""croniter's sixth field, the last one, is the second."""


@blueprint.periodic(cron=EVERY_TEN_SECONDS)
@blueprint.task(queueing_lock="learning.end_overdue", name="end_overdue_sessions")
def end_overdue_sessions(timestamp: int) -> None:
    """End sessions that should have ended by themselves (自动签退)."""
    end_overdue(clock=DatabaseClock())


@blueprint.periodic(cron=EVERY_TEN_SECONDS)
@blueprint.task(queueing_lock="learning.seal_open", name="seal_open_segments")
def seal_open_segments(timestamp: int) -> None:
    """Seal what has been learned in sessions that go on, so that no segment is longer than five minutes (封存)."""
    seal_open(clock=DatabaseClock())


@blueprint.periodic(cron=EVERY_TEN_SECONDS)
@blueprint.task(queueing_lock="learning.end_taken_down", name="end_taken_down_sessions")
def end_taken_down_sessions(timestamp: int) -> None:
    """End sessions of courses that have been taken down (紧急下架)."""
    end_taken_down(clock=DatabaseClock())


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(queueing_lock="learning.add_beat_partitions", name="add_beat_partitions")
def add_beat_partitions(timestamp: int) -> None:
    """Make the parts of the table of beats for the days to come."""
    add_partitions(learning_day(DatabaseClock().now()))


@blueprint.periodic(cron="5 0 * * *")
@blueprint.task(queueing_lock="learning.tell", lock="learning.tell", name="tell_of_waiting")
def tell_staff_and_learners(timestamp: int) -> None:
    """Tell of faces to compare and of classes that end (消息), in the morning by Shanghai's clock."""
    tell_of_waiting(DatabaseClock().now())


@blueprint.task(name="recompute_class")
def recompute_class(recomputation_id: int) -> None:
    """Judge a class again and keep the report (复算)."""
    perform_recomputation(recomputation_id, clock=DatabaseClock())
