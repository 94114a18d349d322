"""Comments on courses: those that are held, and what becomes of them. For reviewers of the platform. Clause M6."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.djangokit.pages import with_lines
from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.viewer import Role
from jiangxue.portals.stars import STANDING_LABELS, drawn, stars_said
from jiangxue.rating.errors import CommentChanged, NoSuchRating, NotTheirsToDecide, RatingRefusal, WithoutReason
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries.comments import comments_to_decide, may_decide, number_held, rating_to_decide, with_a_part
from jiangxue.rating.rules.drafts import LONGEST_REASON, Standing
from jiangxue.rating.services.deciding import SeenComment, hide_comment, show_comment
from jiangxue.screening.queries import InForce, words_in_force

COMMENTS_A_PAGE = 20
SAY_WHY = gettext_lazy("Say why the comment is hidden; its author reads it.")


class StandingForm(forms.Form):
    """Which comments to show: those that wait, unless the address says otherwise."""

    standing = forms.ChoiceField(
        label=gettext_lazy("Comments"), choices=[(each.value, STANDING_LABELS[each]) for each in Standing]
    )

    @property
    def wanted(self) -> Standing:
        """Return what to show."""
        return Standing(self.cleaned_data["standing"]) if self.is_valid() else Standing.HELD


class DecisionForm(forms.Form):
    """The comment as it stood on the page."""

    serial = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    standing = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in Standing], coerce=Standing, widget=forms.HiddenInput
    )


class HidingForm(DecisionForm):
    """The same, and a reason for hiding it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, which the author reads"),
        max_length=LONGEST_REASON,
        error_messages={"required": SAY_WHY, "max_length": SAY_WHY},
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Some signs of a comment, and whether they are a word that was found."""

    text: str
    category: str = ""


@for_roles(Role.REVIEWER)
@as_program()  # reviewers of the platform read what learners of all institutions say of courses
@require_safe
def comments(request: SignedRequest) -> HttpResponse:
    """List the comments of all institutions that wait for a person, or those that are shown or hidden."""
    return _page(request)


@for_roles(Role.REVIEWER)
@as_program()  # reviewers of the platform read what learners of all institutions say of courses
@require_POST
def show(request: SignedRequest, rating_id: int) -> HttpResponse:
    """Let everybody read a comment."""
    return _decided(request, rating_id, is_shown=True)


@for_roles(Role.REVIEWER)
@as_program()  # reviewers of the platform read what learners of all institutions say of courses
@require_POST
def hide(request: SignedRequest, rating_id: int) -> HttpResponse:
    """Let nobody but its author read a comment."""
    return _decided(request, rating_id, is_shown=False)


def _decided(request: SignedRequest, rating_id: int, *, is_shown: bool) -> HttpResponse:
    _require_reviewer_of_all(request)
    form = (DecisionForm if is_shown else HidingForm)(request.POST, auto_id=f"id_{rating_id}_%s")
    if not form.is_valid():
        return _page(request, rating_id, form, status=400)
    seen = SeenComment(rating_id, form.cleaned_data["serial"], form.cleaned_data["standing"])
    try:
        if is_shown:
            show_comment(viewer=request.viewer, seen=seen, by=actor_of(request), now=request.now)
        else:
            reason = form.cleaned_data["reason"]
            hide_comment(viewer=request.viewer, seen=seen, reason=reason, by=actor_of(request), now=request.now)
    except NoSuchRating:
        raise Http404 from None
    except WithoutReason:
        form.add_error("reason", str(SAY_WHY))
        return _page(request, rating_id, form, status=400)
    except (CommentChanged, NotTheirsToDecide) as refusal:
        messages.error(request, _sentence(refusal))
        return _page(request, rating_id, status=403 if isinstance(refusal, NotTheirsToDecide) else 409)
    messages.success(request, _("The comment is shown to everybody.") if is_shown else _("The comment is hidden."))
    return redirect(f"{reverse('reviewer_ratings:comments')}?standing={seen.standing.value}")


def _sentence(refusal: RatingRefusal) -> str:
    if isinstance(refusal, NotTheirsToDecide):
        return _("You wrote this comment or belong to its institution. Somebody else must decide about it.")
    return _("The comment has been changed or decided about since you opened the page. Look at it again.")


def _page(
    request: SignedRequest, rating_id: int | None = None, form: DecisionForm | None = None, *, status: int = 200
) -> HttpResponse:
    """Show a list; after a refusal the comment that it is about, alone."""
    _require_reviewer_of_all(request)
    if rating_id is not None:
        try:
            found = [rating_to_decide(request.viewer, rating_id)]
        except NoSuchRating:
            raise Http404 from None
        filter_form = StandingForm(initial={"standing": found[0].standing})
        page = Paginator(found, COMMENTS_A_PAGE).get_page(1)
    else:
        filter_form = StandingForm(request.GET or None, initial={"standing": Standing.HELD.value})
        wanted = comments_to_decide(request.viewer, filter_form.wanted)
        page = Paginator(wanted, COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    own = with_a_part(request.viewer, page.object_list)
    in_force = words_in_force()
    lines = [
        _line(each, form, is_own=each.pk in own) | {"pieces": list(_pieces(each.comment, in_force))}
        for each in page.object_list
    ]
    context = {
        "comments": with_lines(page, lines),
        "filter_form": filter_form,
        "is_alone": rating_id is not None,
        "number_held": number_held(request.viewer),
        "filter_url": reverse("reviewer_ratings:comments"),
    }
    return render(request, "reviewer/ratings.html", context, status=status)


def _require_reviewer_of_all(request: SignedRequest) -> None:
    if not may_decide(request.viewer):
        raise PermissionDenied


def _line(rating: CourseRating, form: DecisionForm | None, *, is_own: bool) -> dict[str, object]:
    standing = Standing(rating.standing)
    as_seen = {"serial": rating.serial, "standing": standing.value}
    shown = form if isinstance(form, HidingForm) else HidingForm(initial=as_seen, auto_id=f"id_{rating.pk}_%s")
    return {
        "drawn": drawn(rating.stars),
        "stars_said": stars_said(rating.stars),
        "name": rating.enrolment.learner.staff_name,
        "course_title": rating.version.title,
        "institution": rating.course.institution.name,
        "written_at": rating.changed_at or rating.rated_at,
        "standing": standing.value,
        "standing_label": STANDING_LABELS[standing],
        "reason": rating.reason,
        "decided_by": rating.decided_by.name if rating.decided_by else "",
        "decided_at": rating.decided_at,
        "form": None if is_own else shown,
        "show_url": reverse("reviewer_ratings:show", args=(rating.pk,)),
        "hide_url": reverse("reviewer_ratings:hide", args=(rating.pk,)),
    }


def _pieces(comment: str, in_force: InForce | None) -> Iterator[Piece]:
    """Yield the comment in pieces, the words that the list finds apart; a word within another is not told twice."""
    at = 0
    found = in_force.shown_in(comment) if in_force is not None else []
    for each in sorted((shown.found for shown in found), key=lambda word: (word.start, -word.end)):
        if each.start < at:
            continue
        yield Piece(comment[at : each.start])
        yield Piece(comment[each.start : each.end], each.category)
        at = each.end
    yield Piece(comment[at:])
