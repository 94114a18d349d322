"""Deciding about a comment: showing it, or hiding it with a reason that its author reads. Clause M6."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.viewer import Viewer
from jiangxue.ledger import services as ledger
from jiangxue.rating.errors import CommentChanged, NotTheirsToDecide
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries.comments import place_of, rating_to_decide, with_a_part
from jiangxue.rating.rules.drafts import Standing, fit_reason
from jiangxue.screening.queries import hits_at
from jiangxue.screening.services import decide


@dataclass(frozen=True, slots=True)
class SeenComment:
    """The comment that somebody has looked at: which version of which rating, and what had become of it."""

    rating_id: int
    serial: int
    standing: Standing


@transaction.atomic
def show_comment(*, viewer: Viewer, seen: SeenComment, by: Actor, now: datetime) -> CourseRating:
    """Let everybody read a comment, or raise a `RatingRefusal`; the words that were found in it are harmless."""
    rating = _locked(viewer, seen)
    if rating.standing == Standing.SHOWN:
        raise CommentChanged
    rating.reason = ""
    return _decided(viewer, rating, Standing.SHOWN, by, now)


@transaction.atomic
def hide_comment(*, viewer: Viewer, seen: SeenComment, reason: str, by: Actor, now: datetime) -> CourseRating:
    """Let nobody but its author read a comment, for a reason, or raise a `RatingRefusal`; its stars go on counting."""
    rating = _locked(viewer, seen)
    if rating.standing == Standing.HIDDEN:
        raise CommentChanged
    rating.reason, rating.was_hidden = fit_reason(reason), True
    return _decided(viewer, rating, Standing.HIDDEN, by, now)


def _locked(viewer: Viewer, seen: SeenComment) -> CourseRating:
    """Return the rating as the viewer saw it, its row locked until the transaction ends."""
    CourseRating.objects.select_for_update().filter(pk=seen.rating_id).first()
    rating = rating_to_decide(viewer, seen.rating_id)
    if with_a_part(viewer, [rating]):
        raise NotTheirsToDecide
    if (rating.serial, rating.standing) != (seen.serial, seen.standing):
        raise CommentChanged
    return rating


def _decided(viewer: Viewer, rating: CourseRating, standing: Standing, by: Actor, now: datetime) -> CourseRating:
    rating.standing, rating.decided_by_id, rating.decided_at = standing, viewer.account_id, now
    rating.save(update_fields=["standing", "was_hidden", "reason", "decided_by", "decided_at"])
    for hit in hits_at(place_of(rating.pk)).filter(decision=""):
        decision = hit.Decision.HARMLESS if standing is Standing.SHOWN else hit.Decision.TO_CHANGE
        decide(viewer=viewer, hit_id=hit.pk, decision=decision, note=rating.reason, by=by, now=now)
    what = f"rating.comment_{standing.value}"
    payload: dict[str, Value] = {
        "rating": rating.pk,
        "serial": rating.serial,
        "reason": rating.reason,
        "by": viewer.account_id,
    }
    ledger.append(rating.enrolment.aid, what, payload, at=now)
    audit.record(what, by=by, at=now, about=("course_rating", rating.pk))
    return rating
