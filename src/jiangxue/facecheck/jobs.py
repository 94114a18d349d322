"""What facecheck does by itself in the worker, so that nobody who shows a face waits for it."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.services.comparing import compare_waiting
from jiangxue.facecheck.services.counting import tell_of_number

blueprint = Blueprint()


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="facecheck.compare_faces", lock="facecheck.compare_faces", name="compare_faces")
def compare_faces(timestamp: int) -> None:
    """Compare faces that were enrolled since with all others that are stored (比对登记人脸)."""
    compare_waiting(clock=DatabaseClock())


@blueprint.periodic(cron="15 0 * * *")
@blueprint.task(queueing_lock="facecheck.tell", lock="facecheck.tell", name="tell_of_stored_faces")
def tell_of_stored_faces(timestamp: int) -> None:
    """Tell administrators when many persons have stored face data (消息), in the morning by Shanghai's clock."""
    tell_of_number(DatabaseClock().now())
