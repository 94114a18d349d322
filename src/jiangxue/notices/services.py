"""Telling people what they wait for, in the transaction of what happened."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import connection

from jiangxue.kernel.viewer import Viewer
from jiangxue.notices.models import Notice
from jiangxue.notices.queries import notices
from jiangxue.notices.rules.fitness import Params, require_fit

KEPT = timedelta(days=180)
NOTHING: Params = {}

_TELL = """
INSERT INTO notices_notice (account_id, kind, about_kind, about_id, params, url, at)
SELECT account, %s, %s, %s, %s::jsonb, %s, %s FROM unnest(%s::bigint[]) account
ON CONFLICT (account_id, kind, about_kind, about_id) WHERE read_at IS NULL
DO UPDATE SET params = EXCLUDED.params, url = EXCLUDED.url, at = greatest(notices_notice.at, EXCLUDED.at)
"""


def tell(  # noqa: PLR0913  (whom, what, about what, with which words, where to go, when)
    account_ids: Iterable[int],
    *,
    kind: str,
    about: tuple[str, object],
    at: datetime,
    params: Params = NOTHING,
    url: str = "",
) -> None:
    """Tell accounts that something happened to an object, in the caller's transaction and in one statement.

    `about` is (kind, id) of the object, as in the audit; who was told this of it and has not read it has one message still, the newer
    one. `params` are what the sentence needs (`rules.fitness`), `url` the page to open where the kind does not say it. Raises `UnfitNotice`.
    """
    require_fit(kind, params, url)
    about_kind, about_id = about
    told = sorted(
        set(account_ids)
    )  # in one order for all, so that two who tell the same people never wait for each other
    if told:
        with connection.cursor() as cursor:
            cursor.execute(_TELL, [kind, about_kind, str(about_id), json.dumps(dict(params)), url, at, told])


def clear(
    kinds: Collection[str], *, about: tuple[str, object], at: datetime, only: Collection[int] | None = None
) -> int:
    """Take messages about an object as read, because nothing waits there any more: for everybody, or only for some accounts; return how many."""
    about_kind, about_id = about
    waiting = Notice.objects.filter(kind__in=kinds, about_kind=about_kind, about_id=str(about_id), read_at__isnull=True)
    if only is not None:
        waiting = waiting.filter(account_id__in=only)
    return waiting.update(read_at=at)


def read(viewer: Viewer, notice_ids: Collection[int], *, at: datetime) -> int:
    """Mark some of the viewer's own messages as read; return how many were not."""
    return notices(viewer, unread=True).filter(pk__in=notice_ids).update(read_at=at)


def read_all(viewer: Viewer, *, until: datetime, at: datetime, kind: str = "") -> int:
    """Mark all of the viewer's own messages that came until some time as read, or those of one kind; return how many were not."""
    return notices(viewer, unread=True, kind=kind).filter(at__lte=until).update(read_at=at)


def forget(*, now: datetime) -> int:
    """Remove messages after 180 days, read or not; return how many."""
    gone, _by_model = Notice.objects.filter(at__lt=now - KEPT).delete()
    return gone


def forget_account(account_id: int) -> None:
    """Remove the messages of an account that is erased."""
    Notice.objects.filter(account_id=account_id).delete()
