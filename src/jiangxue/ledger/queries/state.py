"""How the log stands, for those who look after it and for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import Count, OuterRef, Subquery

from jiangxue.kernel.clock import from_ms, to_ms
from jiangxue.ledger.errors import NoSuchWitness
from jiangxue.ledger.models import (
    Alarm,
    Checkpoint,
    Cosignature,
    Entry,
    Heads,
    Quarantined,
    SigningKey,
    Witness,
    WitnessRule,
)
from jiangxue.ledger.queries.tree import fetch, last_checkpoint
from jiangxue.ledger.rules import leaf

DEMANDED_AT_FIRST = 1
LATE = timedelta(seconds=60)
"""Sealer and signer need a second each; whatever waits for a minute waits for a process that does not run."""

UNSEEN, UNSEEN_BY_MAIL = timedelta(minutes=10), timedelta(days=3)
"""How long what is signed may lack witnesses: those with an address are asked every few seconds, the others are to sign every third day."""

ALARMING = frozenset({"refused", "ahead"})
"""Outcomes of asking a witness that a person must look into."""

_ALARMS_SHOWN = 20
_RULES_SHOWN = 50


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
    witnessed: int
    """The size of the checkpoint that an export would lead to; 0 if there is none, or no witness is demanded."""

    unsigned_since: datetime | None = None
    unwitnessed_since: datetime | None = None

    @property
    def active(self) -> list[Seen]:
        """The witnesses that are asked."""
        return [seen for seen in self.witnesses if not seen.witness.retired_at]

    def is_sealer_late(self, now: datetime) -> bool:
        """Say whether something has waited in the inbox for longer than a working sealer lets it."""
        return self.waiting_since is not None and now - self.waiting_since > LATE

    def is_signer_late(self, now: datetime) -> bool:
        """Say whether something sealed has no signature for longer than a working signer lets it."""
        return self.unsigned_since is not None and now - self.unsigned_since > LATE

    def is_witness_late(self, now: datetime) -> bool:
        """Say whether what is signed has lacked the witnesses that an export waits for longer than working ones let it."""
        asked = sum(bool(seen.witness.address) for seen in self.active)
        patience = UNSEEN if asked >= self.need else UNSEEN_BY_MAIL
        return self.unwitnessed_since is not None and now - self.unwitnessed_since > patience


def log_state() -> LogState:
    """Return how the log stands now."""
    checkpoint = last_checkpoint()  # before the size, which only grows
    sizes = fetch("SELECT coalesce(max(size), 0) FROM ledger_edge", [])
    ((waiting, oldest_ms),) = fetch("SELECT events, oldest_ms FROM ledger_waiting()", [])
    demanded = need()
    witnessed = witnessed_checkpoint(demanded) if demanded else None
    state = LogState(
        size=sizes[0][0],
        waiting=waiting,
        waiting_since=None if oldest_ms is None else from_ms(oldest_ms),
        checkpoint=checkpoint,
        heads=Heads.objects.order_by("-index").first(),
        quarantined=Quarantined.objects.count(),
        witnesses=witnesses(),
        need=demanded,
        witnessed=witnessed.size if witnessed else 0,
        unsigned_since=_unsigned_since(checkpoint),
    )
    return replace(state, unwitnessed_since=_unwitnessed_since(state))


def _unwitnessed_since(state: LogState) -> datetime | None:
    """Return when the first checkpoint was signed that lacks the witnesses that an export waits for."""
    if not state.need:
        return None
    first = Checkpoint.objects.filter(size__gt=state.witnessed).order_by("size").first()
    return None if first is None else from_ms(first.at_ms)


def _unsigned_since(checkpoint: Checkpoint | None) -> datetime | None:
    """Return since when, at the earliest, the first entry without a signature has been there.

    Nobody keeps when an entry was sealed: it was after it happened, and after the last checkpoint.
    """
    first = Entry.objects.filter(index=checkpoint.size if checkpoint else 0).first()
    if first is None:
        return None
    signed_ms = checkpoint.at_ms if checkpoint else 0
    try:
        return from_ms(max(signed_ms, leaf.read(first.leaf.encode()).event.at_ms))
    except leaf.NotALeaf:
        return from_ms(signed_ms)


def witnesses() -> list[Seen]:
    """Return the witnesses, those that still sign first, each with what it has seen."""
    largest = Cosignature.objects.filter(witness=OuterRef("pk")).order_by("-size").values("size")[:1]
    rows = Witness.objects.annotate(seen=Subquery(largest)).order_by("retired_at", "added_at")
    times = {
        (line.witness_id, line.size): line.signed_at
        for line in Cosignature.objects.filter(size__in=[row.seen for row in rows if row.seen])
    }
    return [Seen(row, row.seen, times.get((row.pk, row.seen))) for row in rows]


def witness_for(witness_id: int) -> Seen:
    """Return one witness with what it has seen. Raises `NoSuchWitness`."""
    found = next((seen for seen in witnesses() if seen.witness.pk == witness_id), None)
    if found is None:
        raise NoSuchWitness(str(witness_id))
    return found


def need() -> int:
    """Return how many witnesses must have signed before an archive is given out."""
    newest = WitnessRule.objects.order_by("-id").first()
    return DEMANDED_AT_FIRST if newest is None else newest.need


def witnessed_checkpoint(demanded: int) -> Checkpoint | None:
    """Return the newest checkpoint that so many witnesses have signed; where none is demanded, the newest."""
    if demanded == 0:
        return last_checkpoint()
    counted = Cosignature.objects.values("size").annotate(lines=Count("id")).filter(lines__gte=demanded)
    size = counted.order_by("-size").values_list("size", flat=True).first()
    return None if size is None else Checkpoint.objects.filter(size=size).first()


def rules_so_far() -> list[WitnessRule]:
    """Return how many witnesses were demanded, newest first."""
    return list(WitnessRule.objects.order_by("-id")[:_RULES_SHOWN])


def alarms() -> list[Alarm]:
    """Return the last alarms, newest first."""
    return list(Alarm.objects.order_by("-id")[:_ALARMS_SHOWN])


def alarms_since(at: datetime) -> int:
    """Return how many alarms were raised since then."""
    return Alarm.objects.filter(at_ms__gte=to_ms(at)).count()


def trust_list() -> str | None:
    """Return what a verifier is to trust, as text (docs/formats/archive.md); None before the log was ever signed."""
    keys = list(SigningKey.objects.order_by("from_size").values_list("verifier_key", flat=True))
    if not keys:
        return None
    known = Witness.objects.order_by("added_at").values_list("verifier_key", flat=True)
    demanded = need()
    lines = [*(f"log {key}" for key in keys), *(f"witness {key}" for key in known), f"need {demanded}"]
    since = _witnessed_since(max(demanded, 1))
    if since is not None:
        lines.append(f"since {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return "\n".join(lines) + "\n"


def _witnessed_since(witnesses: int) -> datetime | None:
    """Return when so many witnesses had signed a checkpoint for the first time."""
    counted = Cosignature.objects.values("size").annotate(lines=Count("id")).filter(lines__gte=witnesses)
    size = counted.order_by("size").values_list("size", flat=True).first()
    if size is None:
        return None
    return (
        Cosignature.objects.filter(size=size).order_by("signed_at").values_list("signed_at", flat=True)[witnesses - 1]
    )
