"""How the log stands, for those who look after it and for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max, Min

from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.models import Alarm, Checkpoint, Cosignature, Heads, Quarantined, SigningKey, Witness, WitnessRule
from jiangxue.ledger.queries.tree import fetch, last_checkpoint

DEMANDED_AT_FIRST = 1
_ALARMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A witness and the largest size that it has countersigned, with the time that it states."""

    witness: Witness
    size: int | None
    signed_at: datetime | None

    def behind(self, checkpoint: Checkpoint | None) -> int:
        """Return how many entries of the newest checkpoint this witness has not seen."""
        return (checkpoint.size if checkpoint else 0) - (self.size or 0)


@dataclass(frozen=True, slots=True)
class LogState:
    """How large the log is, what is signed, what waits, and who outside has seen how much."""

    size: int
    waiting: int
    waiting_since: datetime | None
    checkpoint: Checkpoint | None
    heads: Heads | None
    quarantined: int
    witnesses: Sequence[Seen]
    need: int

    @property
    def witnessed(self) -> int:
        """The largest size that as many witnesses as are demanded have countersigned; 0 if there is none."""
        sizes = sorted((seen.size or 0 for seen in self.witnesses if not seen.witness.retired_at), reverse=True)
        return sizes[self.need - 1] if 0 < self.need <= len(sizes) else 0


def log_state() -> LogState:
    """Return how the log stands now."""
    sizes = fetch("SELECT coalesce(max(size), 0) FROM ledger_edge", [])
    ((waiting, oldest_ms),) = fetch("SELECT events, oldest_ms FROM ledger_waiting()", [])
    return LogState(
        size=sizes[0][0],
        waiting=waiting,
        waiting_since=None if oldest_ms is None else from_ms(oldest_ms),
        checkpoint=last_checkpoint(),
        heads=Heads.objects.order_by("-index").first(),
        quarantined=Quarantined.objects.count(),
        witnesses=witnesses(),
        need=need(),
    )


def witnesses() -> list[Seen]:
    """Return the witnesses, those that still sign first, each with what it has seen."""
    rows = Witness.objects.annotate(seen=Max("cosignatures__size")).order_by("retired_at", "added_at")
    times = {
        (line.witness_id, line.size): line.signed_at
        for line in Cosignature.objects.filter(size__in=[row.seen for row in rows if row.seen])
    }
    return [Seen(row, row.seen, times.get((row.pk, row.seen))) for row in rows]


def need() -> int:
    """Return how many witnesses must have signed before an archive is given out."""
    newest = WitnessRule.objects.order_by("-id").first()
    return DEMANDED_AT_FIRST if newest is None else newest.need


def alarms() -> list[Alarm]:
    """Return the last alarms, newest first."""
    return list(Alarm.objects.order_by("-id")[:_ALARMS_SHOWN])


def trust_list() -> str | None:
    """Return what a verifier is to trust, as text (docs/formats/archive.md); None before the log was ever signed."""
    keys = list(SigningKey.objects.order_by("from_size").values_list("verifier_key", flat=True))
    if not keys:
        return None
    known = Witness.objects.order_by("added_at").values_list("verifier_key", flat=True)
    lines = [*(f"log {key}" for key in keys), *(f"witness {key}" for key in known), f"need {need()}"]
    first = Cosignature.objects.aggregate(at=Min("signed_at"))["at"]
    if first is not None:
        lines.append(f"since {first.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return "\n".join(lines) + "\n"
