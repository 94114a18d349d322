"""Signing a review."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.courseware.rules.screened import place_of
from jiangxue.portals.reviewer.acting import why_not
from jiangxue.portals.reviewer.forms import OpinionForm
from jiangxue.portals.reviewer.queue import REVIEWERS
from jiangxue.portals.reviewer.shown import marks_shown
from jiangxue.portals.reviewer.versions import head, version_of
from jiangxue.portals.signed_by_password import is_signed
from jiangxue.review.errors import ContentChanged, MayNotReview, NoLongerFit, NotToReview, ReviewOver, UnfitOpinion
from jiangxue.review.models import Review
from jiangxue.review.queries import marks_of, unopened
from jiangxue.review.rules.opinions import Step, Verdict
from jiangxue.review.services.signing import LookedAt, require_signable, sign_review
from jiangxue.screening.queries import hits_at


@for_roles(*REVIEWERS)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign(request: SignedRequest, version_id: int) -> HttpResponse:
    """Take a reviewer's opinion and password; keeps what was chosen (400), and says that it is too late (409)."""
    shown = version_of(request, version_id)
    if request.method == "GET":
        return _page(request, shown)
    form = OpinionForm(request.POST)
    form.full_clean()
    try:
        review = _signed(request, version_id, form)
    except NotToReview:
        raise Http404 from None
    except UnfitOpinion as refusal:
        form.add_flaws(list(refusal.flaws))
        return _page(request, shown, form, status=400)
    except (ReviewOver, MayNotReview, ContentChanged, NoLongerFit) as refusal:
        form.add_error(None, _too_late(refusal))
        return _page(request, version_of(request, version_id), form, status=409)
    if review is None:
        return _page(request, shown, form, status=400)
    messages.success(request, _followed(review))
    return redirect("reviewer:version", version_id)


def _signed(request: SignedRequest, version_id: int, form: OpinionForm) -> Review | None:
    """Sign, or return None where the form says why not; only an opinion that can be signed costs a try of the password."""
    seen = form.cleaned_data
    if "sha256" not in seen or "step" not in seen:
        return None
    looked_at = LookedAt(version_id, seen["sha256"], seen["step"])
    require_signable(viewer=request.viewer, looked_at=looked_at, opinion=form.opinion, now=request.now)
    if not form.is_valid() or not is_signed(request, form):
        return None
    return sign_review(
        viewer=request.viewer,
        looked_at=looked_at,
        opinion=form.opinion,
        by=actor_of(request),
        now=request.now,
    )


def _too_late(refusal: Exception) -> str:
    match refusal:
        case ContentChanged():
            return _("The course is not what you have looked at any more. Open the version again and look anew.")
        case NoLongerFit():
            return _(
                "The course is no longer fit: the conformity check finds something, such as an expired licence. Ask for changes."
            )
        case ReviewOver() | MayNotReview():
            return why_not(refusal)
        case _:
            raise refusal


def _followed(review: Review) -> str:
    match Verdict(review.verdict), Step(review.step):
        case Verdict.PASS, Step.FINAL:
            return _("You have signed. The course is published.")
        case Verdict.PASS, _step:
            return _("You have signed. The course goes on to the next review.")
        case Verdict.CHANGES, _step:
            return _("You have signed. The course goes back to its editors.")
        case _:
            return _("You have signed. The version is rejected.")


def _page(
    request: SignedRequest, shown: CourseVersion, form: OpinionForm | None = None, *, status: int = 200
) -> HttpResponse:
    """Return the page; what was sent keeps the hash and the step that its reviewer saw, a new form takes those of now."""
    head_facts = head(request, shown)
    taught = list(taught_in([shown.pk]))
    decisions = [hit.decision for hit in hits_at(place_of(shown.pk))]
    context = {
        **head_facts,
        "form": form or OpinionForm(seen={"sha256": shown.sha256, "step": head_facts["step_number"]}),
        "marks": marks_shown(shown, taught, marks_of(request.viewer, shown)),
        "unopened": unopened(request.viewer, shown),
        "is_final": head_facts["step_number"] == Step.FINAL,
        "hits_open": decisions.count(""),
    }
    return render(request, "reviewer/sign.html", context, status=status)
