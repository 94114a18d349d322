"""Templates (人脸特征): made at an enrolment, opened for a comparison, deleted with the consent and after the last settlement. Clauses T3.3, M2."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from struct import pack, unpack

from django.db import transaction

from jiangxue.accounts.services.erasing import lock_account
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import reveal_bytes, seal_bytes_for
from jiangxue.facecheck.models import EnrolledPicture, FaceAttempt, FaceTemplate
from jiangxue.facecheck.rules.shapes import Embedding
from jiangxue.facecheck.services.tickets import leave_open_attempts
from jiangxue.kernel import ids

_NUMBERS = 128
_LAYOUT = f"<{_NUMBERS}f"
_SIGN_BIT = 1 << 63


@dataclass(frozen=True, slots=True)
class Made:
    """A template as an enrolment made it, with its model, its pictures made small, and what near-duplicates of these share."""

    embedding: Embedding
    model_sha256: str
    pictures: Sequence[bytes]
    likenesses: Sequence[int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A template that was opened for one comparison."""

    embedding: Embedding
    model_sha256: str
    likenesses: Sequence[int]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a face: digests of the template and its pictures, and when it had been enrolled."""

    template: str
    pictures: Sequence[str]
    enrolled_at: datetime


def keep_template(attempt: FaceAttempt, made: Made, *, now: datetime) -> None:
    """Keep the template of a person whose account is locked, with its pictures; nobody has two."""
    content = pack(_LAYOUT, *made.embedding)
    template = FaceTemplate(
        account_id=attempt.account_id,
        attempt=attempt,
        digest=hashlib.sha256(content).hexdigest(),
        model_sha256=made.model_sha256,
        likenesses=[_signed(likeness) for likeness in made.likenesses],
        enrolled_at=now,
    )
    seal_bytes_for(template, "sealed", content)
    template.save(force_insert=True)
    audit.record("face.enrolled", by=Actor(attempt.account_id, address=attempt.address), at=now)
    for ordinal, jpeg in enumerate(made.pictures, 1):
        _keep_picture(template, ordinal, jpeg)


def _keep_picture(template: FaceTemplate, ordinal: int, jpeg: bytes) -> None:
    row = EnrolledPicture(id=ids.new_id(), template=template, ordinal=ordinal)
    row.digest = hashlib.sha256(jpeg).hexdigest()
    seal_bytes_for(row, "sealed", jpeg)
    row.save(force_insert=True)


def _signed(likeness: int) -> int:
    """Return 64 bits as the database's integers take them."""
    return likeness - 2 * _SIGN_BIT if likeness & _SIGN_BIT else likeness


def open_template(account_id: int) -> Opened | None:
    """Return a person's template for a comparison, None where there is none."""
    row = FaceTemplate.objects.filter(pk=account_id).first()
    if row is None:
        return None
    embedding = unpack(_LAYOUT, reveal_bytes(row, "sealed"))
    return Opened(embedding, row.model_sha256, [likeness % (2 * _SIGN_BIT) for likeness in row.likenesses])


@transaction.atomic
def forget_face(account_id: int, *, by: Actor, now: datetime) -> Forgotten | None:
    """Delete a person's template and the pictures it was made from, and return what they were, None where there was none; what checks came to stays.

    `enrolment.evidence` tells the archives.
    """
    lock_account(account_id)
    leave_open_attempts(account_id, now=now)
    template = FaceTemplate.objects.filter(pk=account_id).first()
    if template is None:
        return None
    pictures = list(template.pictures.order_by("ordinal").values_list("digest", flat=True))
    template.delete()
    audit.record("face.forgotten", by=by, at=now, about=("account", account_id))
    return Forgotten(template.digest, pictures, template.enrolled_at)
