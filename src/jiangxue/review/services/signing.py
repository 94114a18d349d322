"""Signing a review: bound to the hash of what was looked at. Clauses T1.4, M6."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.queries.conformity import findings_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.rules.conformity import is_fit_for_review
from jiangxue.courseware.rules.screened import place_of
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.telling import tell_of_passed_review
from jiangxue.courseware.services.versions import append_evidence, end_review, locked_version, publish
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Viewer
from jiangxue.review.errors import ContentChanged, MayNotReview, NoLongerFit, ReviewOver
from jiangxue.review.models import PendingMark, Review
from jiangxue.review.queries import marks_of, unopened, version_for
from jiangxue.review.queries.cases import case_of
from jiangxue.review.rules.opinions import Opinion, Step, Surroundings, Verdict, require_fit_opinion
from jiangxue.review.rules.reviewers import obstacle
from jiangxue.screening.queries import hits_at

_STATES = {Verdict.CHANGES: State.RETURNED, Verdict.REJECT: State.REJECTED}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The version that a reviewer has looked at, the hash that stood on the page, and which review was to be made there."""

    version_id: int
    sha256: str
    step: int


@transaction.atomic
def sign_review(*, viewer: Viewer, looked_at: LookedAt, opinion: Opinion, by: Actor, now: datetime) -> Review:
    """Sign what the viewer says of a version, and let what follows from it happen.

    Raises `NotToReview`, `ReviewOver`, `MayNotReview`, `ContentChanged`, `NoLongerFit`
    or `UnfitOpinion`; the caller has asked the reviewer for the password again.
    """
    version, step, verdict = _fit(viewer, looked_at, opinion, now)
    review = _signed(viewer, version, step, replace(opinion, verdict=verdict), now)
    _follow(version, review, now)
    audit.record(f"review.{verdict}", by=by, at=now, about=("course_version", version.pk))
    return review


@transaction.atomic
def require_signable(*, viewer: Viewer, looked_at: LookedAt, opinion: Opinion, now: datetime) -> None:
    """Raise what `sign_review` would raise, and sign nothing; so a page asks for the password only where it can be of use."""
    _fit(viewer, looked_at, opinion, now)


def surroundings(viewer: Viewer, version: Version) -> Surroundings:
    """Return what decides, beside the opinion itself, whether it can be signed."""
    decisions = [hit.decision for hit in hits_at(place_of(version.pk))]
    return Surroundings(
        unopened=unopened(viewer, version),
        marks=marks_of(viewer, version).count(),
        is_screened=version.screened_at is not None,
        hits_open=decisions.count(""),
        hits_to_change=decisions.count("to_change"),
    )


def _fit(viewer: Viewer, looked_at: LookedAt, opinion: Opinion, now: datetime) -> tuple[Version, Step, Verdict]:
    """Return the version, locked, its step and the verdict of an opinion that can be signed."""
    version_for(viewer, looked_at.version_id)
    version = locked_version(looked_at.version_id)
    if version.state != State.IN_REVIEW:
        raise ReviewOver
    case = case_of(viewer, version)
    why = obstacle(viewer, case)
    if why is not None:
        raise MayNotReview(why)
    if case.step != looked_at.step:
        raise ReviewOver
    _require_same_content(version, looked_at.sha256)
    verdict = require_fit_opinion(opinion, surroundings(viewer, version))
    if verdict is Verdict.PASS:
        _require_fitness(version, now)
    return version, case.step, verdict


def _require_same_content(version: Version, sha256: str) -> None:
    """Hold what is signed against what was shown, and against what the course consists of at this moment."""
    if sha256 != version.sha256 or version.whole.sha256 != version.sha256:
        raise ContentChanged
    if content_of(version.course).sha256 != version.sha256:
        raise ContentChanged


def _require_fitness(version: Version, now: datetime) -> None:
    findings = findings_of(version.course, version.whole, learning_day(now))
    if not is_fit_for_review(findings):
        raise NoLongerFit


def _signed(viewer: Viewer, version: Version, step: Step, opinion: Opinion, now: datetime) -> Review:
    marks = list(marks_of(viewer, version))
    review = Review.objects.create(
        version=version,
        step=step,
        reviewer_id=viewer.account_id,
        verdict=opinion.verdict or "",
        points={point.value: answer.value for point, answer in opinion.points.items()},
        comment=opinion.comment,
        marks=[{"lesson": mark.lesson_id, "at": mark.at, "text": mark.text} for mark in marks],
        sha256=version.sha256,
        signed_at=now,
    )
    PendingMark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    evidence: dict[str, Value] = {"step": int(step), "reviewer": viewer.account_id, "verdict": review.verdict}
    said: dict[str, Value] = {"points": review.points, "comment": review.comment, "marks": review.marks}
    append_evidence(version, "version.reviewed", {**evidence, **said}, now)
    return review


def _follow(version: Version, review: Review, now: datetime) -> None:
    verdict = Verdict(review.verdict)
    if verdict is not Verdict.PASS:
        end_review(version_id=version.pk, state=_STATES[verdict], now=now)
    elif review.step == Step.FINAL:
        publish(version_id=version.pk, now=now)
    else:
        signed = Review.objects.filter(version=version).values_list("reviewer_id", flat=True)
        tell_of_passed_review(version, signed, now)
