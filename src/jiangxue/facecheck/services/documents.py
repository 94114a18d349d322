"""Keeping what staff said who held an enrolled face against the identity document. Clauses T3.1, M6."""

from dataclasses import dataclass
from datetime import datetime

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.facecheck.models import DocumentComparison, FaceAttempt
from jiangxue.facecheck.queries.documents import Enrolled
from jiangxue.facecheck.rules.documents import Comparison, DocumentSeen
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DocumentWord:
    """What somebody says of an enrolled face, how they saw the document, and why; that it is another person needs words."""

    outcome: Comparison
    how: DocumentSeen
    text: str


def keep_comparison(
    enrolled: Enrolled, said: DocumentWord, *, viewer: Viewer, by: Actor, now: datetime
) -> DocumentComparison:
    """Keep what somebody says of an enrolment that waits; the caller holds its person's account, knows who may say it, and tells the archives by `enrolment.evidence`."""
    row = DocumentComparison.objects.create(
        attempt=FaceAttempt.objects.get(pk=enrolled.attempt),
        account_id=enrolled.account,
        outcome=said.outcome.value,
        how=said.how.value,
        text=said.text,
        by_id=viewer.account_id,
        role=viewer.role.value,
        at=max(now, enrolled.at),
    )
    audit.record(f"face.{said.outcome.value}", by=by, at=row.at, about=("account", enrolled.account))
    return row
