"""Telling an editor once what became of the files they sent."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jiangxue.courseware.models import Upload
from jiangxue.courseware.queries import uploads_reached
from jiangxue.kernel.viewer import Viewer


@transaction.atomic
def tell(*, viewer: Viewer, now: datetime) -> Sequence[Upload]:
    """Return the viewer's own files that have ended and that they were not told of yet, and count them as told."""
    untold = uploads_reached(viewer).filter(author_id=viewer.account_id, finished_at__isnull=False, told_at=None)
    news = list(untold.select_for_update(skip_locked=True, of=("self",)).order_by("finished_at"))
    if news:
        Upload.objects.filter(pk__in=[each.pk for each in news]).update(told_at=now)
    return news
