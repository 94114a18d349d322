"""Appending to the audit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from jiangxue.audit.models import AuditEntry, DayCheck

DONE = "done"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account by its opaque id (None: nobody signed in, or the program itself), in which role, from where."""

    account_id: int | None = None
    role: str = ""
    address: str | None = None


PROGRAM = Actor()


def person_of(by: Actor) -> int:
    """Return the account of who acts, or raise `ValueError` for the program: what people sign and decide has a person."""
    if by.account_id is None:
        raise ValueError("this needs a person")
    return by.account_id


def record(  # noqa: PLR0913  (who, what, to what, with what result, why, when)
    action: str,
    *,
    by: Actor,
    at: datetime,
    about: tuple[str, object] = ("", ""),
    result: str = DONE,
    reason: str = "",
) -> None:
    """Append one entry in the caller's transaction; `about` is (kind, id) of what was acted on, `reason` what the actor said why.

    Names and numbers never go in by us; what people write as a reason is theirs.
    """
    kind, object_id = about
    AuditEntry.objects.create(
        at=at,
        actor_id=by.account_id,
        role=by.role,
        action=action,
        object_kind=kind,
        object_id=str(object_id),
        result=result,
        address=by.address,
        reason=reason,
    )


def record_each(action: str, *, by: Actor, at: datetime, about: tuple[str, Iterable[object]]) -> None:
    """Append one entry for each of many objects of a kind, all of them acted on alike; `about` is (kind, ids)."""
    kind, object_ids = about
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            actor_id=by.account_id,
            role=by.role,
            action=action,
            object_kind=kind,
            object_id=str(object_id),
            result=DONE,
            address=by.address,
        )
        for object_id in object_ids
    )


def forget_addresses(actor_ids: Sequence[int]) -> int:
    """Remove the network addresses from which accounts acted, where the law does not ask for them any more (180 days); return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_forget_addresses(%s)", [list(actor_ids)])
        (gone,) = cursor.fetchone() or (0,)
    return int(gone)


def keep_check(first: date, last: date, *, days: int, findings: Sequence[object], at: datetime) -> DayCheck:
    """Keep the report of computing days of the audit again; `findings` is empty where all agree."""
    return DayCheck.objects.create(at=at, first_day=first, last_day=last, days=days, findings=list(findings))
