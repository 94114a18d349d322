"""Giving a rating, and changing it. Clause M6."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.queries.consents import require_learning
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.enrolment.queries import Place, enrolment_for
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.viewer import Viewer
from jiangxue.ledger import services as ledger
from jiangxue.rating.errors import NotFinished
from jiangxue.rating.models import CourseRating, LecturerRating, RatingChange
from jiangxue.rating.queries import has_finished, lecturer_stars, lecturers_rated
from jiangxue.rating.queries.comments import place_of
from jiangxue.rating.rules.drafts import FitRating, RatingDraft, Standing, require_fit_rating, standing_of
from jiangxue.screening.rules.places import ScreenedText
from jiangxue.screening.services import screen

_CHANGED = ("stars", "comment", "serial", "changed_at", "standing", "reason", "decided_by", "decided_at")


@transaction.atomic
def rate(*, viewer: Viewer, class_id: int, draft: RatingDraft, by: Actor, now: datetime) -> CourseRating:
    """Give the viewer's rating of a class's course, or change it, or raise `NotInClass`, `MayNotLearn`, `NotFinished` or `UnfitRating`.

    The stars count at once. A comment with a sensitive word waits for a person.
    """
    require_learning(viewer.account_id)
    place = enrolment_for(viewer, class_id)
    lock_until_commit(hashlib.sha256(f"rating of {place.pk}".encode()).digest())
    before = CourseRating.objects.select_for_update().filter(enrolment_id=place.pk).first()
    if before is None and not has_finished(place, now):
        raise NotFinished
    fit = require_fit_rating(draft, [lecturer.ref for lecturer in lecturers_rated(place, before)])
    if before is None:
        rating, what = _given(place, fit, now), "rating.given"
    else:
        rating, what = before, "rating.changed"
        if not _changed(rating, fit, now):
            return rating
    _keep_lecturers(rating, fit.lecturers)
    ledger.append(place.aid, what, _evidence(rating, fit), at=now)
    audit.record(what, by=by, at=now, about=("course_rating", rating.pk))
    return rating


def _given(place: Place, fit: FitRating, now: datetime) -> CourseRating:
    rating = CourseRating.objects.create(
        enrolment_id=place.pk,
        course_id=place.training_class.course_id,
        version_id=place.training_class.version_id,
        stars=fit.stars,
        comment=fit.comment,
        rated_at=now,
        standing=Standing.SHOWN,
    )
    rating.standing = standing_of(rating.comment, found=_is_found(rating, now), was_hidden=False)
    rating.save(update_fields=["standing"])
    return rating


def _changed(rating: CourseRating, fit: FitRating, now: datetime) -> bool:
    """Keep what a rating was and put what it is now; False where nothing differs."""
    lecturers = lecturer_stars(rating)
    if (rating.stars, rating.comment, lecturers) == (fit.stars, fit.comment, dict(fit.lecturers)):
        return False
    RatingChange.objects.create(
        rating=rating,
        serial=rating.serial,
        stars=rating.stars,
        comment=rating.comment,
        lecturers={str(ref): stars for ref, stars in lecturers.items()},
        standing=rating.standing,
        reason=rating.reason,
        at=now,
    )
    has_other_words = rating.comment != fit.comment
    rating.stars, rating.comment = fit.stars, fit.comment
    rating.serial, rating.changed_at = rating.serial + 1, max(rating.rated_at, now)
    if has_other_words:
        found = _is_found(rating, now)
        rating.standing = standing_of(rating.comment, found=found, was_hidden=rating.was_hidden)
        rating.reason, rating.decided_by, rating.decided_at = "", None, None
    rating.save(update_fields=_CHANGED)
    return True


def _is_found(rating: CourseRating, now: datetime) -> bool:
    """Screen a comment and say whether it has a sensitive word that no person has called harmless."""
    hits = screen(place=place_of(rating.pk), texts=[ScreenedText(rating.comment)], now=now)
    return any(hit.decision != hit.Decision.HARMLESS for hit in hits)


def _keep_lecturers(rating: CourseRating, given: Mapping[int, int]) -> None:
    for ref in lecturer_stars(rating).keys() | given.keys():
        LecturerRating.objects.update_or_create(rating=rating, lecturer_id=ref, defaults={"stars": given.get(ref)})


def _evidence(rating: CourseRating, fit: FitRating) -> dict[str, Value]:
    return {
        "rating": rating.pk,
        "serial": rating.serial,
        "course": rating.course_id,
        "version": rating.version_id,
        "stars": rating.stars,
        "comment": rating.comment,
        "lecturers": {str(ref): stars for ref, stars in fit.lecturers.items()},
        "standing": rating.standing,
    }
