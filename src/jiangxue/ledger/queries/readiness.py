"""Whether an archive can be given out so that others can verify it, and what is still waited for."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max

from jiangxue.ledger.models import Checkpoint, Cosignature, Entry, Heads, HeadsPlace
from jiangxue.ledger.queries.state import need
from jiangxue.ledger.queries.tree import fetch, last_checkpoint


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far an archive has come: entries, what waits, and the newest witnessed state that shows it to be complete."""

    waiting: int
    last_index: int | None
    heads: Heads | None
    checkpoint: Checkpoint | None
    need: int

    @property
    def can_be_given(self) -> bool:
        """Whether some state of the archive is complete and witnessed."""
        return self.heads is not None and self.checkpoint is not None

    @property
    def is_current(self) -> bool:
        """Whether that state holds everything that has happened."""
        if self.heads is None or self.last_index is None:
            return False
        return self.can_be_given and not self.waiting and self.heads.index > self.last_index


def readiness(aid: UUID) -> Readiness:
    """Return how far an archive has come."""
    ((waiting, _),) = fetch("SELECT events, oldest_ms FROM ledger_waiting(%s)", [aid])
    demanded = need()
    checkpoint = witnessed_checkpoint(demanded)
    places = HeadsPlace.objects.filter(aid=aid, heads__lt=checkpoint.size if checkpoint else 0)
    newest = places.aggregate(heads=Max("heads"))["heads"]
    return Readiness(
        waiting=waiting,
        last_index=Entry.objects.filter(aid=aid).aggregate(index=Max("index"))["index"],
        heads=None if newest is None else Heads.objects.get(index=newest),
        checkpoint=checkpoint,
        need=demanded,
    )


def witnessed_checkpoint(demanded: int) -> Checkpoint | None:
    """Return the newest checkpoint that so many witnesses have signed; where none is demanded, the newest."""
    if demanded == 0:
        return last_checkpoint()
    counted = Cosignature.objects.values("size").annotate(lines=Count("id")).filter(lines__gte=demanded)
    size = counted.order_by("-size").values_list("size", flat=True).first()
    return None if size is None else Checkpoint.objects.filter(size=size).first()
