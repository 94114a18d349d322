"""Faces without pictures: who has enrolled, and what an attempt came to, as the socket would have kept it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from unittest.mock import patch
from uuid import UUID

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries.consents import text_of
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.accounts.services.consents import withdraw_consent
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.facecheck.api.judging import whole
from jiangxue.facecheck.models import FaceAttempt, FacePicture, FaceTemplate
from jiangxue.facecheck.rules.actions import Action
from jiangxue.facecheck.rules.camera import Sign
from jiangxue.facecheck.rules.camera_claims import CameraClaims
from jiangxue.facecheck.rules.colours import Colour
from jiangxue.facecheck.rules.decision import Code, Reason
from jiangxue.facecheck.rules.drawing import WITHOUT_COLOURS, Form
from jiangxue.facecheck.rules.flash import Flash
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.facecheck.rules.shapes import Embedding
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.rules.timing import ColourFrames, Pace
from jiangxue.facecheck.services.results import Result, Taken, finish_attempt
from jiangxue.facecheck.services.templates import Made
from jiangxue.facecheck.services.tickets import Wanted, claim_ticket, give_ticket
from jiangxue.facecheck.vision.weights import SFACE, YUNET
from jiangxue.kernel import ids
from tests.factories import people
from tests.factories.classes import Classroom

EMBEDDING = (1.0, *([0.0] * 127))
CLAIMS = CameraClaims(
    label="HD Webcam C525 (046d:0826)",
    constructor="MediaStreamTrack",
    inputs=1,
    settings={"width": 640, "height": 480, "frameRate": 30.0},
    capabilities={"width": {"min": 1, "max": 1280}},
    supported=("width", "height"),
    native=True,
    frame_callback=True,
    screen=(390, 844),
    agent="Mozilla/5.0 Chrome/156",
)
PICTURE = b"\xff\xd8 a picture of a check"
ENROLLED_PICTURE = b"\xff\xd8 an enrolled picture"


def agrees(account: Account, now: datetime) -> None:
    people.agree(account, now, ConsentPurpose.FACE)


@contextmanager
def asked_by_the_first_text() -> Iterator[None]:
    """Go back to when people were asked for face data by a text that said nothing of their document."""
    older = replace(PURPOSES[ConsentPurpose.FACE], version=1)
    with patch.dict(PURPOSES, {ConsentPurpose.FACE: older}):
        text_of.cache_clear()
        yield
    text_of.cache_clear()


def chooses_staff(account: Account, now: datetime) -> None:
    withdraw_consent(account_id=account.pk, purpose=ConsentPurpose.FACE, by=Actor(account.pk), now=now)


def enrolled(
    account: Account,
    now: datetime,
    *,
    embedding: Embedding = EMBEDDING,
    model_sha256: str = "a" * 64,
    archives: Sequence[UUID] = (),
    source_permille: int | None = None,
) -> FaceTemplate:
    """Let somebody have agreed and enrolled, which these archives are told; `source_permille` is how alike a picture of the source is."""
    agrees(account, now)
    wanted = Wanted(account.pk, Purpose.ENROL, Form.ENROL, Thresholds(), archives=archives)
    ticket = give_ticket(wanted, now=now)
    claim_ticket(ticket.secret, account_id=account.pk, now=now)
    made = Made(embedding, model_sha256, [ENROLLED_PICTURE], [1, 2, 2**64 - 1])
    result = seen(AttemptOutcome.PASSED, Form.ENROL, made=made)
    facts = {**result.facts, "source_permille": source_permille}
    finish_attempt(ticket.attempt, replace(result, facts=facts), now=now)
    return FaceTemplate.objects.get(pk=account.pk)


def face_attempt(room: Classroom, now: datetime, **facts: object) -> FaceAttempt:
    """Add a finished attempt of a room's learner at some check, as a row; `facts` replace fields."""
    values: dict[str, object] = {
        "id": ids.new_id(),
        "account": room.learner,
        "purpose": Purpose.CHECK.value,
        "check_id": ids.new_id(),
        "archive": room.enrolment.aid,
        "form": Form.SHORT.value,
        "thresholds": Thresholds().to_values(),
        "ticket_digest": ids.new_id().hex,
        "issued_at": now,
        "expires_at": now + timedelta(minutes=1),
        "finished_at": now,
        "outcome": AttemptOutcome.PASSED.value,
    }
    return FaceAttempt.objects.create(**{**values, **facts})


def face_picture(of: FaceAttempt, ordinal: int = 1) -> FacePicture:
    """Add a sealed picture of an attempt."""
    row = FacePicture(id=ids.new_id(), attempt=of, ordinal=ordinal, at_ms=0, digest="0" * 64)
    seal_bytes_for(row, "sealed", PICTURE)
    row.save(force_insert=True)
    return row


def seen(outcome: AttemptOutcome, form: Form, *, was_challenged: bool = True, made: Made | None = None) -> Result:
    """Return what an attempt came to, with everything that the socket keeps of one."""
    passed = outcome is AttemptOutcome.PASSED
    has_flash = form not in WITHOUT_COLOURS
    return Result(
        outcome,
        codes=() if passed else (Code.NOT_SEEN_WELL.value,),
        was_challenged=was_challenged,
        script={
            "colours": [Colour.RED.value, Colour.GREEN.value] if has_flash else [],
            "shown_at_ms": [0, 520] if has_flash else [],
            "actions": [Action.TURN_LEFT.value],
            "pauses_ms": [900],
            "done": [passed],
        },
        facts={
            "who": "same",
            "similarity_permille": [512, 587, 561],
            "live_permille": 910,
            "flash": dict(asdict(Flash(20, 8, 930, 8, 160, 60, 180, 70))) if has_flash else None,
            "colour_frames": dict(asdict(ColourFrames(34, 36))) if has_flash else None,
            "actions_done": passed,
            "repeats": "none",
            "is_near_duplicate": False,
            "is_continuous": True,
            "is_late": False,
            "findings": [] if passed else [Reason.UNSEEN.value],
            "pace": dict(Pace(40, 100, 4, 100, 3, 0, 0).facts()),
            "passed_over": 0,
        },
        camera={"claimed": whole(CLAIMS.facts()), "signs": [Sign.NO_CONTROLS.value]},
        models={YUNET.id: YUNET.sha256, SFACE.id: SFACE.sha256},
        pictures=[Taken(1_000, PICTURE)] if made is None else (),
        made=made,
    )


def came_to(account: Account, outcome: AttemptOutcome, now: datetime, *, was_challenged: bool = True) -> FaceAttempt:
    """Let somebody's open attempt come to something."""
    attempt = FaceAttempt.objects.get(account=account, outcome="")
    finish_attempt(attempt.pk, seen(outcome, Form(attempt.form), was_challenged=was_challenged), now=now)
    return FaceAttempt.objects.get(pk=attempt.pk)
