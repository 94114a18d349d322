"""Reading the audit: what is about themselves for everybody; all of it is `search`, for the audit administrator alone."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from jiangxue.audit.models import AuditEntry


def own_sign_ins(account_id: int) -> QuerySet[AuditEntry]:
    """Return somebody's own attempts to sign in as far as it is known that they were theirs, newest first: for themselves."""
    return AuditEntry.objects.filter(actor_id=account_id, action="sign_in").order_by("-at", "-pk")


def looks_at(account_id: int, enrolment_ids: Collection[int]) -> QuerySet[AuditEntry]:
    """Return who was shown somebody's particulars in full or pictures of their face checks, or had an archive of theirs, which names them; for themselves, newest first."""
    revealed = Q(
        action__in=("identity.revealed", "face.pictures_shown"), object_kind="account", object_id=str(account_id)
    )
    places = [str(pk) for pk in enrolment_ids]
    given = Q(action="archive.given_out", object_kind="enrolment", object_id__in=places) & ~Q(actor_id=account_id)
    return AuditEntry.objects.filter(revealed | given, result="done").order_by("-at", "-pk")


def last_time_of(action: str) -> datetime | None:
    """Return when something was done last; who did it stays with the audit administrator."""
    found = AuditEntry.objects.filter(action=action).order_by("-at").values_list("at", flat=True)
    return found.first()


def has_done(
    account_id: int, action: str, about: tuple[str, Collection[object]], *, since: datetime | None = None
) -> bool:
    """Say whether somebody has done something with one of some objects, of one kind, after some time if one is given."""
    kind, ids = about
    found = AuditEntry.objects.filter(actor_id=account_id, action=action, object_kind=kind, result="done")
    lately = found if since is None else found.filter(at__gt=since)
    return lately.filter(object_id__in=[str(each) for each in ids]).exists()
