"""Asking outside witnesses to countersign, over the network or by mail. docs/formats/witness.md."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from jiangxue.kernel.clock import from_ms, to_ms
from jiangxue.ledger.errors import AnswerFault, NotACosignature
from jiangxue.ledger.models import Alarm, Checkpoint, Cosignature, Witness
from jiangxue.ledger.queries.tree import last_checkpoint, request_text
from jiangxue.ledger.rules import note

FUTURE = timedelta(minutes=5)
PAST = timedelta(minutes=1)
"""By so much a witness's clock may go behind that of the checkpoint: an archive would not hold whose records seem newer than they were seen."""

ALARM_AGAIN = timedelta(days=1)

_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Reply:
    """What a witness answered: HTTP status and body; status 0 if nothing came, with the reason as body."""

    status: int
    body: str


type Send = Callable[[str, str], Reply]
"""Sends a request text to the address of a witness."""


def ask_all(send: Send, *, now: datetime) -> None:
    """Ask every witness with an address that has not signed the newest checkpoint."""
    checkpoint = last_checkpoint()
    if checkpoint is None:
        return
    for witness in Witness.objects.filter(retired_at=None).exclude(address=""):
        if _signed(witness) < checkpoint.size:
            ask(witness, checkpoint, send, now=now)


def ask(witness: Witness, checkpoint: Checkpoint, send: Send, *, now: datetime) -> None:
    """Ask one witness; a size that it names instead is answered once with a proof from there."""
    reply = _sent(witness, _signed(witness), checkpoint, send)
    if reply.status == 409 and _is_size(reply.body):
        named = int(reply.body)
        if named > checkpoint.size:
            _note(witness, "ahead", reply.body.strip(), now)
            return
        if named != _signed(witness) or named == checkpoint.size:
            reply = _sent(witness, named, checkpoint, send)
    _take(witness, checkpoint, reply, now)


def request_by_mail(witness: Witness, remembered: int | None = None) -> str:
    """Return the request to be sent by mail, and remember for which size its answer will be.

    `remembered` is the size that the witness says it has signed last; without it, what came of it here counts. The two differ when
    an answer was lost. What another witness has signed is preferred: under one checkpoint there must be the signatures of as many
    as are demanded. Raises `NotACosignature` if nothing is signed, or the witness remembers more than there is.
    """
    old = _signed(witness) if remembered is None else remembered
    newest = last_checkpoint()
    if newest is None:
        raise NotACosignature(AnswerFault.NOTHING_SIGNED)
    if old > newest.size:
        raise NotACosignature(AnswerFault.TOO_LARGE)
    seen = Cosignature.objects.filter(size__gt=old).exclude(witness=witness).aggregate(size=Max("size"))["size"]
    checkpoint = newest if seen is None else Checkpoint.objects.get(size=seen)
    Witness.objects.filter(pk=witness.pk).update(requested_size=checkpoint.size)
    return request_text(old, checkpoint)


def take_answer(witness: Witness, answer: str, *, now: datetime) -> Cosignature:
    """Keep the answer that came by mail; brought twice, it is kept once. Raises `NotACosignature`."""
    checkpoint = Checkpoint.objects.filter(size=witness.requested_size or 0).first()
    if checkpoint is None:
        raise NotACosignature(AnswerFault.NOTHING_ASKED)
    found = keep(witness, checkpoint, answer, now=now)
    _note(witness, "signed", str(checkpoint.size), now)
    return found


@transaction.atomic
def keep(witness: Witness, checkpoint: Checkpoint, answer: str, *, now: datetime) -> Cosignature:
    """Check a cosignature and keep it; the same one brought twice is kept once. Raises `NotACosignature`."""
    if len(answer) > _LONGEST_ANSWER:
        raise NotACosignature(AnswerFault.TOO_LONG)
    key = note.read_key(witness.verifier_key)
    line = note.line_of(key, answer)
    if line is None:
        raise NotACosignature(AnswerFault.NOT_ITS)
    try:
        signed_s = note.opened(checkpoint.note + line, [key]).witnessed[key.name]
    except note.NotANote:
        raise NotACosignature(AnswerFault.DOES_NOT_HOLD) from None
    if signed_s * 1000 > to_ms(now + FUTURE):
        raise NotACosignature(AnswerFault.FUTURE)
    if signed_s * 1000 < to_ms(from_ms(checkpoint.at_ms) - PAST):
        raise NotACosignature(AnswerFault.PAST)
    found, _ = Cosignature.objects.get_or_create(
        witness=witness,
        size=checkpoint.size,
        defaults={"line": line.rstrip("\n"), "signed_at": from_ms(signed_s * 1000)},
    )
    return found


def _signed(witness: Witness) -> int:
    return witness.cosignatures.aggregate(size=Max("size"))["size"] or 0


def _sent(witness: Witness, old: int, checkpoint: Checkpoint, send: Send) -> Reply:
    return send(f"{witness.address.rstrip('/')}/add-checkpoint", request_text(old, checkpoint))


def _take(witness: Witness, checkpoint: Checkpoint, reply: Reply, now: datetime) -> None:
    if reply.status != 200:
        kind = {0: "silent", 403: "unknown_key", 404: "unknown_log", 409: "refused", 422: "refused"}
        _note(witness, kind.get(reply.status, "odd"), f"{reply.status or ''} {reply.body}".strip()[:300], now)
        return
    try:
        keep(witness, checkpoint, reply.body, now=now)
    except NotACosignature as refusal:
        _note(witness, "odd", str(refusal), now)
        return
    _note(witness, "signed", str(checkpoint.size), now)


def _note(witness: Witness, outcome: str, detail: str, now: datetime) -> None:
    """Remember what came of asking; a refusal is an alarm, once until something else happens and once a day at most.

    Nobody says which bytes come, nor how often a witness changes its mind: its alarms must not bury others.
    """
    detail = "".join(sign if sign.isprintable() else " " for sign in detail)
    if outcome in {"refused", "ahead"} and outcome != witness.outcome:
        _alarm(f"witness.{outcome}", f"{witness.title}: ", detail, now)
    witness.asked_at, witness.outcome, witness.outcome_detail = now, outcome, detail[:300]
    witness.save(update_fields=["asked_at", "outcome", "outcome_detail"])


def _alarm(kind: str, whose: str, detail: str, now: datetime) -> None:
    lately = Alarm.objects.filter(kind=kind, detail__startswith=whose, at_ms__gt=to_ms(now - ALARM_AGAIN))
    if not lately.exists():
        Alarm.objects.create(kind=kind, detail=whose + detail, at_ms=to_ms(now))


def _is_size(body: str) -> bool:
    return body.strip().isdecimal() and len(body) < 20
