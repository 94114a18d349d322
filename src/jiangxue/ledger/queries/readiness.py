"""Whether an archive can be given out so that others can verify it, and what is still waited for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from jiangxue.ledger.models import Checkpoint, Cosignature, Entry, Heads, HeadsPlace, HeadsWish
from jiangxue.ledger.queries.state import need, witnessed_checkpoint
from jiangxue.ledger.queries.tree import fetch, last_checkpoint


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far an archive has come: entries, what waits, and the newest witnessed state that shows it to be complete."""

    waiting: int
    last_index: int | None
    newest_heads: int | None
    """The index of the newest heads with this archive, witnessed or not."""

    signed_size: int
    heads: Heads | None
    checkpoint: Checkpoint | None
    need: int

    @property
    def is_sealed(self) -> bool:
        """Whether everything that has happened stands in the log."""
        return not self.waiting and self.last_index is not None

    @property
    def is_headed(self) -> bool:
        """Whether heads show all of it to be there."""
        return self.is_sealed and (self.newest_heads or -1) > (self.last_index or 0)

    @property
    def is_signed(self) -> bool:
        """Whether these heads are signed."""
        return self.is_headed and self.signed_size > (self.newest_heads or 0)

    @property
    def can_be_given(self) -> bool:
        """Whether some state of the archive is complete and witnessed."""
        return self.heads is not None and self.checkpoint is not None

    @property
    def is_current(self) -> bool:
        """Whether that state holds everything that has happened."""
        return self.is_signed and self.can_be_given and self.heads is not None and self.heads.index == self.newest_heads


def readiness(aid: UUID) -> Readiness:
    """Return how far an archive has come."""
    ((waiting, _),) = fetch("SELECT events, oldest_ms FROM ledger_waiting(%s)", [aid])
    demanded = need()
    checkpoint = witnessed_checkpoint(demanded)
    places = HeadsPlace.objects.filter(aid=aid)
    witnessed = places.filter(heads__lt=checkpoint.size if checkpoint else 0).aggregate(heads=Max("heads"))["heads"]
    signed = last_checkpoint()
    return Readiness(
        waiting=waiting,
        last_index=Entry.objects.filter(aid=aid).aggregate(index=Max("index"))["index"],
        newest_heads=places.aggregate(heads=Max("heads"))["heads"],
        signed_size=signed.size if signed else 0,
        heads=None if witnessed is None else Heads.objects.get(index=witnessed),
        checkpoint=checkpoint,
        need=demanded,
    )


def heads_are_wished() -> bool:
    """Say whether the sealer has been asked for heads and has not entered them yet."""
    return HeadsWish.objects.exists()


def seen_by(checkpoint: Checkpoint) -> list[tuple[str, datetime]]:
    """Return who outside has signed a checkpoint, and when."""
    lines = Cosignature.objects.filter(size=checkpoint.size).order_by("signed_at")
    return list(lines.values_list("witness__title", "signed_at"))
