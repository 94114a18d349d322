"""Which enrolments wait to be held against the identity document, and what staff said of them (登记核对). Clauses T3.1, M6."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT

from jiangxue.accounts.queries.consents import ever_agreed_in
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.facecheck.models import DocumentComparison, EnrolledPicture, FaceAttempt, FacePicture, FaceTemplate
from jiangxue.facecheck.rules.documents import ASKED_SINCE, Comparison
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import to_ms

type Compared = DocumentComparison
"""What the domains above call what staff said of one enrolment."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody's last enrolment, and whether its template is stored still."""

    account: int
    attempt: UUID
    at: datetime
    is_stored: bool


@dataclass(frozen=True, slots=True)
class PictureOfFace:
    """A picture by which an enrolment is compared: one of the enrolment itself or, where that is gone, of a check that was passed by it."""

    id: UUID
    digest: str
    is_enrolled: bool


def waiting_enrolments(account_ids: Iterable[int]) -> list[Enrolled]:
    """Return the last enrolments of some accounts that staff have to compare, in order of time.

    One waits where no picture of the source of identities resembled it and nobody has compared it. Nobody's waits who never agreed to a text that says so.
    """
    rows = (
        _enrolments(account_ids)
        .filter(ever_agreed_in("account", ConsentPurpose.FACE, since=ASKED_SINCE))
        .annotate(source=KT("facts__source_permille"))
        .values_list("account", "pk", "finished_at", "is_stored", "source", "is_compared")
    )
    waiting: list[Enrolled] = []
    for account, attempt, at, is_stored, source, is_compared in rows:
        if at is not None and source is None and not is_compared:
            waiting.append(Enrolled(account, attempt, at, is_stored))
    return sorted(waiting, key=lambda each: (each.at, each.account))


def _enrolments(account_ids: Iterable[int]) -> QuerySet[FaceAttempt]:
    """Return of each the last enrolment that means anything, with `is_stored` and `is_compared`; an earlier one is held against it already, by the last check that was passed.

    One means something that is stored, or compared, or by which a check was passed: whoever withdraws in time would never be seen otherwise,
    nor would who then enrols once more and withdraws again.
    """
    enrolled = FaceAttempt.objects.filter(account__in=account_ids, purpose=Purpose.ENROL, outcome=AttemptOutcome.PASSED)
    facts = {
        "is_compared": Exists(DocumentComparison.objects.filter(attempt=OuterRef("pk"))),
        "is_stored": Exists(FaceTemplate.objects.filter(attempt=OuterRef("pk"))),
    }
    meant = enrolled.annotate(**facts).filter(Q(is_stored=True) | Q(is_compared=True) | Exists(_passed_since()))
    return meant.order_by("account", "-issued_at").distinct("account")


def _passed_since() -> QuerySet[FaceAttempt]:
    """Return the checks that were passed after an enrolment, whether or not a picture of them could be kept."""
    passed = FaceAttempt.objects.filter(
        account=OuterRef("account"), purpose=Purpose.CHECK, outcome=AttemptOutcome.PASSED
    )
    return passed.filter(issued_at__gt=OuterRef("issued_at"))


def pictures_to_compare(enrolments: Sequence[Enrolled]) -> dict[UUID, PictureOfFace]:
    """Return the picture by which each of some enrolments is compared, by enrolment, without its content."""
    stored = EnrolledPicture.objects.filter(
        template__attempt__in=[each.attempt for each in enrolments if each.is_stored], ordinal=1
    )
    found = {
        attempt: PictureOfFace(pk, digest, is_enrolled=True)
        for attempt, pk, digest in stored.values_list("template__attempt", "pk", "digest")
    }
    gone = FaceAttempt.objects.filter(pk__in=[each.attempt for each in enrolments if not each.is_stored])
    pictures = FacePicture.objects.filter(
        attempt__account=OuterRef("account"), attempt__purpose=Purpose.CHECK, attempt__outcome=AttemptOutcome.PASSED
    )
    first = pictures.filter(attempt__issued_at__gt=OuterRef("issued_at"), ordinal=1).order_by("attempt__issued_at")
    rows = gone.annotate(picture=first.values("pk")[:1], digest=first.values("digest")[:1])
    found.update(
        {
            attempt: PictureOfFace(pk, digest, is_enrolled=False)
            for attempt, pk, digest in rows.values_list("pk", "picture", "digest")
            if pk is not None
        }
    )
    return found


def last_comparison(account_id: int) -> Compared | None:
    """Return what staff said of somebody's last enrolment, None where nobody has said anything."""
    return DocumentComparison.objects.filter(attempt__in=_enrolments([account_id]).values("pk")).first()


def is_waiting(account_id: int) -> bool:
    """Say whether somebody's enrolled face waits to be compared."""
    return bool(waiting_enrolments([account_id]))


def comparisons_of(account_id: int) -> Sequence[Compared]:
    """Return everything that staff said of somebody's enrolments, in order."""
    return list(DocumentComparison.objects.filter(account_id=account_id).select_related("attempt").order_by("at"))


def found_different(account_ids: Iterable[int]) -> list[Compared]:
    """Return which enrolments of some accounts were found not to be the person of the document, in order of time."""
    found = DocumentComparison.objects.filter(account__in=account_ids, outcome=Comparison.DIFFERS)
    return list(found.select_related("attempt").order_by("at", "pk"))


def matched_at(account_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when staff said of the last enrolment of some accounts that it is the person of the document, by account; all others are missing."""
    words = DocumentComparison.objects.filter(attempt__in=_enrolments(account_ids).values("pk"))
    return dict(words.filter(outcome=Comparison.MATCHES).values_list("account", "at"))


def doubted_times(account_id: int) -> list[tuple[datetime, datetime]]:
    """Return the times in which somebody's checks were passed by a face that staff found not to be theirs: from the first enrolment that nothing has confirmed until they said so.

    What was enrolled before, and confirmed by the source or by staff, keeps what it passed.
    """
    enrolments = FaceAttempt.objects.filter(account_id=account_id, purpose=Purpose.ENROL, outcome=AttemptOutcome.PASSED)
    rows = enrolments.annotate(source=KT("facts__source_permille")).order_by("issued_at")
    words = {word.attempt_id: word for word in comparisons_of(account_id)}
    found: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for attempt, issued_at, source in rows.values_list("pk", "issued_at", "source"):
        word = words.get(attempt)
        if source is not None or (word is not None and word.outcome == Comparison.MATCHES):
            since = None
            continue
        since = since or issued_at
        if word is not None:
            found.append((since, word.at))
            since = None
    return found


def compared_facts(word: Compared, pictures: Sequence[str]) -> dict[str, Value]:
    """Return what staff said as archives tell it (docs/formats/records.md), with the digests of what was shown."""
    assert word.attempt.finished_at is not None
    return {
        "attempt": word.attempt_id.hex,
        "enrolled_at_ms": to_ms(word.attempt.finished_at),
        "outcome": word.outcome,
        "how": word.how,
        "pictures": list(pictures),
        "by": word.by_id,
        "role": word.role,
        "text": word.text,
    }


def compared_in_force(account_ids: Collection[int]) -> dict[int, dict[str, Value]]:
    """Return what staff said of the faces that are stored of some accounts, by account; those of whom nobody has said anything are missing."""
    words = DocumentComparison.objects.filter(attempt__in=_stored(account_ids)).select_related("attempt")
    pictures = EnrolledPicture.objects.filter(template__in=account_ids, ordinal=1)
    digests = dict(pictures.values_list("template", "digest"))
    return {word.account_id: compared_facts(word, [digests[word.account_id]]) for word in words}


def _stored(account_ids: Collection[int]) -> QuerySet[FaceTemplate, UUID]:
    return FaceTemplate.objects.filter(pk__in=account_ids).values_list("attempt_id", flat=True)
