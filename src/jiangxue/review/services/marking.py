"""Marking places of a version that is being reviewed, and judging the words that were found in it. Clause T1.4."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.audit.services import Actor
from jiangxue.courseware.queries.teaching import taught_lesson
from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.rules.screened import place_of
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.versions import locked_version
from jiangxue.kernel.viewer import Viewer
from jiangxue.review.errors import MayNotReview, NotToReview, ReviewOver, UnfitMark
from jiangxue.review.models import LessonLook, PendingMark
from jiangxue.review.queries import marks_of, version_for
from jiangxue.review.queries.cases import case_of
from jiangxue.review.rules.opinions import LONGEST_MARK
from jiangxue.review.rules.reviewers import obstacle
from jiangxue.screening.queries import hits_at
from jiangxue.screening.services import decide

MOST_MARKS = 100


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """A place of a lesson, in ms of a film or a page counted from 1, and what is to be said of it."""

    lesson_id: int
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class HitJudgement:
    """What a reviewer says of a word that was found: of this place, or of all places where the same word is undecided."""

    hit_id: int
    is_harmless: bool
    everywhere: bool = False
    note: str = ""


@transaction.atomic
def put_mark(*, viewer: Viewer, version_id: int, draft: MarkDraft, now: datetime) -> PendingMark:
    """Mark a place, or raise `NotToReview`, `ReviewOver`, `MayNotReview` or `UnfitMark`."""
    version = reviewable(viewer, version_id)
    taught = taught_lesson(version.pk, draft.lesson_id)
    if taught is None:
        raise NotToReview
    extent = taught.lesson.media.extent
    fits = 1 <= draft.at <= extent.pages if extent.is_document else 0 <= draft.at <= extent.length_ms
    text = draft.text.strip()
    if not fits or not text or len(text) > LONGEST_MARK or marks_of(viewer, version).count() >= MOST_MARKS:
        raise UnfitMark
    return PendingMark.objects.create(
        version=version,
        reviewer_id=viewer.account_id,
        lesson_id=draft.lesson_id,
        at=draft.at,
        text=text,
        made_at=now,
    )


def note_look(*, viewer: Viewer, version_id: int, lesson_id: int, now: datetime) -> None:
    """Note that a reviewer whose turn it is has opened a lesson."""
    LessonLook.objects.get_or_create(
        version_id=version_id, reviewer_id=viewer.account_id, lesson_id=lesson_id, defaults={"at": now}
    )


@transaction.atomic
def remove_mark(*, viewer: Viewer, version_id: int, mark_id: int) -> None:
    """Take a mark of one's own back; one that is gone already is gone."""
    marks_of(viewer, version_for(viewer, version_id)).filter(pk=mark_id).delete()


@transaction.atomic
def judge_hit(*, viewer: Viewer, version_id: int, judgement: HitJudgement, by: Actor, now: datetime) -> None:
    """Say of a word that was found in a version whether it is harmless or must be changed; `AlreadyDecided` where somebody else has."""
    version = reviewable(viewer, version_id)
    hits = list(hits_at(place_of(version.pk)))
    hit = next((each for each in hits if each.pk == judgement.hit_id), None)
    if hit is None:
        raise NotToReview
    decision = hit.Decision.HARMLESS if judgement.is_harmless else hit.Decision.TO_CHANGE
    fellows = [each for each in hits if judgement.everywhere and each.word == hit.word and not each.decision]
    for each in dict.fromkeys((hit, *fellows)):
        decide(viewer=viewer, hit_id=each.pk, decision=decision, note=judgement.note, by=by, now=now)


def reviewable(viewer: Viewer, version_id: int) -> Version:
    """Return a version that the viewer may review now, locked, or raise `NotToReview`, `ReviewOver` or `MayNotReview`."""
    version_for(viewer, version_id)
    version = locked_version(version_id)
    if version.state != State.IN_REVIEW:
        raise ReviewOver
    why = obstacle(viewer, case_of(viewer, version))
    if why is not None:
        raise MayNotReview(why)
    return version
