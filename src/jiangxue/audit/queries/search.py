"""Searching the audit, for the audit administrator alone: by whatever an entry says, page by page, however many entries there are. Clause M3."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from jiangxue.audit.errors import NoSuchEntry
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import from_us, to_us
from jiangxue.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; whatever is None or empty is not asked for. `since` belongs to the span, `before` does not."""

    since: datetime | None = None
    before: datetime | None = None
    actor_id: int | None = None
    role: str = ""
    action: str = ""
    object_kind: str = ""
    object_id: str = ""
    result: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of entries: the instant and the number of one."""

    at: datetime
    id: int

    def __str__(self) -> str:
        """Write it as an address holds it."""
        return f"{to_us(self.at)}-{self.id}"


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries, newest first, and where the pages beside them begin (None: there is none)."""

    entries: Sequence[AuditEntry]
    newer: Place | None
    older: Place | None


def place_of(text: str) -> Place | None:
    """Return the place that is written so; None for anything else."""
    at_us, _dash, number = text.partition("-")
    if not (at_us.isdecimal() and number.isdecimal() and len(at_us) <= 16 and len(number) <= 18):
        return None
    return Place(from_us(int(at_us)), int(number))


def found(viewer: Viewer, search: Search) -> QuerySet[AuditEntry]:
    """Return the entries that a search finds, newest first; nobody but the audit administrator finds any."""
    if viewer.role is not Role.AUDIT_ADMINISTRATOR:
        return AuditEntry.objects.none()
    wanted = {
        "at__gte": search.since,
        "at__lt": search.before,
        "actor_id": search.actor_id,
        "role": search.role,
        "action": search.action,
        "object_kind": search.object_kind,
        "object_id": search.object_id,
        "result": search.result,
        "address": search.address,
    }
    asked = {name: value for name, value in wanted.items() if value not in (None, "")}
    return AuditEntry.objects.filter(**asked).order_by("-at", "-pk")


def page_of(
    viewer: Viewer, search: Search, size: int, *, after: Place | None = None, until: Place | None = None
) -> EntryPage:
    """Return a page of a search: what comes after a place, going back in time, or until a place, going forward; the newest where none is given.

    It goes on from a place, not by counting: the thousandth page costs what the first does.
    """
    entries = found(viewer, search)
    if until is not None:
        newer = list(entries.filter(_newer(until)).order_by("at", "pk")[: size + 1])
        shown, is_more = newer[:size][::-1], len(newer) > size
        return EntryPage(shown, _place(shown[0]) if is_more else None, _place(shown[-1]) if shown else None)
    older = list((entries.filter(_older(after)) if after is not None else entries)[: size + 1])
    shown = older[:size]
    is_first = after is None or not shown
    return EntryPage(shown, None if is_first else _place(shown[0]), _place(shown[-1]) if len(older) > size else None)


def entry_for(viewer: Viewer, entry_id: int) -> AuditEntry:
    """Return one entry, or raise `NoSuchEntry`."""
    entry = found(viewer, Search()).filter(pk=entry_id).first()
    if entry is None:
        raise NoSuchEntry(str(entry_id))
    return entry


def _place(entry: AuditEntry) -> Place:
    return Place(entry.at, entry.pk)


def _older(place: Place) -> Q:
    return Q(at__lte=place.at) & (Q(at__lt=place.at) | Q(pk__lt=place.id))


def _newer(place: Place) -> Q:
    return Q(at__gte=place.at) & (Q(at__gt=place.at) | Q(pk__gt=place.id))
