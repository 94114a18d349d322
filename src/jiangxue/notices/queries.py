"""Reading messages: each account its own and nobody else's."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, QuerySet

from jiangxue.kernel.viewer import Viewer
from jiangxue.notices.errors import NoSuchNotice
from jiangxue.notices.models import Notice

MOST_COUNTED = 100
"""More than 99 are shown as 99+; counting on would only cost time."""

MANY = 10
"""From so many unread messages of one kind on they are shown as one line."""


def notices(viewer: Viewer, *, unread: bool = False, kind: str = "") -> QuerySet[Notice]:
    """Return the viewer's own messages, newest first: all, or those not read yet, or those of one kind."""
    found = Notice.objects.filter(account_id=viewer.account_id).order_by("-at", "-pk")
    if unread:
        found = found.filter(read_at__isnull=True)
    return found.filter(kind=kind) if kind else found


def number_unread(viewer: Viewer) -> int:
    """Return how many messages the viewer has not read, counted no further than 100: one look at an index, for every page."""
    return len(notices(viewer, unread=True).order_by().values_list("pk")[:MOST_COUNTED])


def many_of_a_kind(viewer: Viewer) -> Mapping[str, int]:
    """Return the kinds of which the viewer has ten unread messages or more, with how many."""
    counted = notices(viewer, unread=True).order_by().values("kind").annotate(number=Count("pk"))
    return dict(counted.filter(number__gte=MANY).order_by("kind").values_list("kind", "number"))


def notice_for(viewer: Viewer, notice_id: int) -> Notice:
    """Return one of the viewer's own messages. Raises `NoSuchNotice`."""
    found = Notice.objects.filter(account_id=viewer.account_id, pk=notice_id).first()
    if found is None:
        raise NoSuchNotice(str(notice_id))
    return found


def untold(account_ids: Iterable[int], kind: str, about: tuple[str, object]) -> set[int]:
    """Return which of some accounts were never told this, read or not: for jobs, which come round again and again."""
    wanted = set(account_ids)
    return wanted - _told(wanted, kind, about)


def _told(account_ids: Collection[int], kind: str, about: tuple[str, object]) -> set[int]:
    about_kind, about_id = about
    found = Notice.objects.filter(account_id__in=account_ids, kind=kind, about_kind=about_kind, about_id=str(about_id))
    return set(found.values_list("account_id", flat=True))
