"""Faces without pictures: who has enrolled, and what an attempt came to, as the socket would have kept it."""

from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.accounts.services.consents import give_consent, withdraw_consent
from jiangxue.audit.services import Actor
from jiangxue.facecheck.models import FaceAttempt, FaceTemplate
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.facecheck.rules.shapes import Embedding
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.results import Result, Taken, finish_attempt
from jiangxue.facecheck.services.templates import Made
from jiangxue.facecheck.services.tickets import Wanted, claim_ticket, give_ticket

EMBEDDING = (1.0, *([0.0] * 127))
PICTURE = b"\xff\xd8 a picture of a check"


def agrees(account: Account, now: datetime) -> None:
    give_consent(account_id=account.pk, purpose=ConsentPurpose.FACE, version=1, by=Actor(account.pk), now=now)


def chooses_staff(account: Account, now: datetime) -> None:
    withdraw_consent(account_id=account.pk, purpose=ConsentPurpose.FACE, by=Actor(account.pk), now=now)


def enrolled(
    account: Account, now: datetime, *, embedding: Embedding = EMBEDDING, model_sha256: str = "a" * 64
) -> FaceTemplate:
    """Let somebody have agreed and enrolled."""
    agrees(account, now)
    wanted = Wanted(account.pk, Purpose.ENROL, Form.ENROL, Thresholds())
    ticket = give_ticket(wanted, now=now)
    claim_ticket(ticket.secret, account_id=account.pk, now=now)
    made = Made(embedding, model_sha256, [b"\xff\xd8 an enrolled picture"], [1, 2, 2**64 - 1])
    finish_attempt(ticket.attempt, Result(AttemptOutcome.PASSED, made=made, was_challenged=True), now=now)
    return FaceTemplate.objects.get(pk=account.pk)


def came_to(account: Account, outcome: AttemptOutcome, now: datetime, *, was_challenged: bool = True) -> FaceAttempt:
    """Let somebody's open attempt come to something."""
    attempt = FaceAttempt.objects.get(account=account, outcome="")
    result = Result(outcome, was_challenged=was_challenged, pictures=[Taken(1_000, PICTURE)], facts={"who": "same"})
    finish_attempt(attempt.pk, result, now=now)
    return FaceAttempt.objects.get(pk=attempt.pk)
