"""What reviewers do while they look: mark places, and say what the words are that were found."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.kernel.readable import is_readable
from jiangxue.portals.review_words import OBSTACLES
from jiangxue.portals.reviewer.forms import MarkForm
from jiangxue.portals.reviewer.queue import REVIEWERS
from jiangxue.portals.reviewer.shown import longest_of
from jiangxue.portals.reviewer.versions import lesson_page, taught_of, version_of
from jiangxue.review.errors import MayNotReview, NotToReview, ReviewOver, UnfitMark
from jiangxue.review.rules.reviewers import Obstacle
from jiangxue.review.services.marking import HitJudgement, MarkDraft, judge_hit, put_mark, remove_mark
from jiangxue.screening.errors import AlreadyDecided, NoteTooLong

_LONGEST_ID = 18
_DECISIONS = ("harmless", "harmless_everywhere", "to_change")


@for_roles(*REVIEWERS)
@require_http_methods(["GET", "POST"])
def mark(request: SignedRequest, version_id: int, lesson_id: int) -> HttpResponse:
    """Mark a place of a lesson; keeps what was typed (400), and says that the review is over (409)."""
    shown = version_of(request, version_id)
    taught = taught_of(shown, lesson_id)
    if request.method == "GET":  # a new sign-in leads here
        return redirect("reviewer:lesson", version_id, lesson_id)
    extent = taught.lesson.media.extent
    form = MarkForm(request.POST, is_document=extent.is_document, longest=longest_of(extent))
    if not form.is_valid():
        return lesson_page(request, shown, taught, form, status=400)
    draft = MarkDraft(lesson_id, form.cleaned_data["at"], form.cleaned_data["text"])
    try:
        put_mark(viewer=request.viewer, version_id=version_id, draft=draft, now=request.now)
    except UnfitMark:
        form.add_error(
            "text", _("There are 100 marks already. Sign your opinion; more can follow with the next version.")
        )
        return lesson_page(request, shown, taught, form, status=400)
    except (ReviewOver, MayNotReview) as refusal:
        form.add_error(None, why_not(refusal))
        return lesson_page(request, shown, taught, form, status=409)
    messages.success(request, _("The place is marked. Marks are handed in with your opinion."))
    return redirect(f"{reverse('reviewer:lesson', args=(version_id, lesson_id))}#marks")


@for_roles(*REVIEWERS)
@require_POST
def unmark(request: SignedRequest, version_id: int, mark_id: int) -> HttpResponse:
    """Take a mark back."""
    version_of(request, version_id)
    remove_mark(viewer=request.viewer, version_id=version_id, mark_id=mark_id)
    messages.success(request, _("The mark has been removed."))
    return _back(request, version_id)


@for_roles(*REVIEWERS)
@require_POST
def hit(request: SignedRequest, version_id: int, hit_id: int) -> HttpResponse:
    """Say of a word that was found whether it is harmless."""
    if request.POST.get("decision") not in _DECISIONS:
        return HttpResponse(status=400)
    note = request.POST.get("note", "")
    if not is_readable(note):
        messages.warning(request, _("The note holds characters that cannot be shown. Please type it again."))
        return _back(request, version_id)
    judgement = HitJudgement(
        hit_id,
        is_harmless=request.POST.get("decision") != "to_change",
        everywhere=request.POST.get("decision") == "harmless_everywhere",
        note=note,
    )
    try:
        judge_hit(
            viewer=request.viewer, version_id=version_id, judgement=judgement, by=actor_of(request), now=request.now
        )
    except NotToReview:
        raise Http404 from None
    except (ReviewOver, MayNotReview) as refusal:
        messages.warning(request, why_not(refusal))
    except AlreadyDecided:
        messages.warning(request, _("Somebody has decided about this word meanwhile."))
    except NoteTooLong:
        messages.warning(request, _("The note is too long. Please shorten it."))
    return _back(request, version_id)


def why_not(refusal: ReviewOver | MayNotReview) -> str:
    """Say why nothing can be done with a version any more."""
    if isinstance(refusal, MayNotReview):
        return str(OBSTACLES[Obstacle(refusal.why)])
    return _("This version is no longer in review, or somebody else has signed this step meanwhile. Nothing was saved.")


def _back(request: SignedRequest, version_id: int) -> HttpResponse:
    """Lead back to the lesson that the act was done on, or to the version."""
    lesson_id = request.POST.get("lesson", "")
    if lesson_id.isdecimal() and len(lesson_id) <= _LONGEST_ID:
        return redirect(f"{reverse('reviewer:lesson', args=(version_id, int(lesson_id)))}#marks")
    return redirect(f"{reverse('reviewer:version', args=(version_id,))}#hits")
