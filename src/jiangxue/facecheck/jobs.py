"""What facecheck does by itself in the worker, so that nobody who shows a face waits for it."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.services.comparing import compare_waiting

blueprint = Blueprint()


@blueprint.periodic(cron="* * * * *")
@blueprint.task(queueing_lock="facecheck.compare_faces", lock="facecheck.compare_faces", name="compare_faces")
def compare_faces(timestamp: int) -> None:
    """Compare faces that were enrolled since with all others that are stored (比对登记人脸)."""
    compare_waiting(clock=DatabaseClock())
