"""Face checks of an institution's learners that people decide: the head teacher says who it was, an administrator approves a doubt. Clauses T3.1, T3.2."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import (
    AppealRefusal,
    NoSuchReview,
    NotLooked,
    NotTheTurn,
    NotYours,
    OwnTime,
    SamePerson,
)
from jiangxue.learning.queries.face_reviews import DECIDERS, FaceCase
from jiangxue.learning.rules.face_reviews import ReviewState, ReviewStep
from jiangxue.learning.services.reviewing import Word, say_who
from jiangxue.portals.face_pictures import picture
from jiangxue.portals.face_reviews import asking_context, case_context, cases_context, found_case, pictures_context
from jiangxue.portals.institution.face_forms import FirstWordForm, SecondWordForm, WordForm
from jiangxue.portals.revealing import RevealForm

_PORTAL = "institution"


@for_roles(*DECIDERS)
@require_safe
def cases(request: SignedRequest) -> HttpResponse:
    """List the face checks that the viewer may decide about or look at."""
    return render(request, "institution/face_cases.html", cases_context(request, _PORTAL))


@for_roles(*DECIDERS)
@require_safe
def case(request: SignedRequest, check_id: UUID) -> HttpResponse:
    """Show one face check with its evidence, and the form of whoever's turn it is."""
    return _page(request, found_case(request, check_id))


@for_roles(*DECIDERS)
@require_POST
def pictures(request: SignedRequest, check_id: UUID) -> HttpResponse:
    """Show the pictures after the reason was recorded."""
    return _page(request, found_case(request, check_id), shows_pictures=True)


@for_roles(*DECIDERS)
@require_POST
def hear(request: SignedRequest, check_id: UUID) -> HttpResponse:
    """Take somebody's word on who it was; what was typed stays when it is refused."""
    found = found_case(request, check_id)
    is_first = request.viewer.role is Role.HEAD_TEACHER
    form: WordForm = FirstWordForm(request.POST) if is_first else SecondWordForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    word = Word(form.cleaned_data["after"], ReviewStep(form.cleaned_data["decision"]), form.cleaned_data["text"])
    try:
        say_who(request.viewer, check_id, word, by=actor_of(request), clock=access.CLOCK)
    except NoSuchReview:
        raise Http404 from None
    except AppealRefusal as refusal:
        form.add_error(None, _sentence(refusal))
        status = 403 if isinstance(refusal, NotYours | SamePerson | OwnTime) else 409
        return _page(request, found_case(request, check_id), form, status=status)
    messages.success(request, _done(word.kind))
    return redirect("institution:face_case", check_id)


def _page(
    request: SignedRequest,
    found: FaceCase,
    form: WordForm | None = None,
    *,
    shows_pictures: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown = pictures_context(request, found, _PORTAL) if shows_pictures else asking_context(request, found)
    reveal = shown["reveal_form"]
    if isinstance(reveal, RevealForm) and reveal.is_bound:
        status = 400
    context = {**case_context(found, _PORTAL, request.now), **shown, **_turn(request, found, form)}
    return render(request, "institution/face_case.html", context, status=status)


def _turn(request: SignedRequest, found: FaceCase, form: WordForm | None) -> dict[str, object]:
    """Say what the viewer may do now: say who it was, approve a doubt, or only look, and then why."""
    viewer, after = request.viewer, len(found.steps)
    url = reverse("institution:hear_face_case", args=(found.check.pk,))
    is_own = viewer.account_id == found.check.learner_id
    if found.state is ReviewState.TO_DECIDE and viewer.role is Role.HEAD_TEACHER and not is_own:
        return {"form": form or FirstWordForm(initial={"after": after}), "turn": "first", "turn_url": url}
    if found.state is ReviewState.TO_APPROVE and viewer.role is Role.INSTITUTION_ADMINISTRATOR and not is_own:
        if found.doubt is not None and found.doubt.by_id == viewer.account_id:
            return {"form": form, "turn": "same_person"}
        return {"form": form or SecondWordForm(initial={"after": after}), "turn": "second", "turn_url": url}
    return {"form": form, "turn": "own" if is_own else ""}


def _done(kind: ReviewStep) -> str:
    match kind:
        case ReviewStep.CONFIRMED:
            return _("Confirmed: the time before this check counts.")
        case ReviewStep.DOUBTED:
            return _("Your opinion goes to the second person. Until then nothing is taken.")
        case ReviewStep.SENT_BACK:
            return _("The opinion goes back to the head teacher.")
        case ReviewStep.APPROVED:
            return _("Decided: the time before this check does not count. The learner can appeal.")


def _sentence(refusal: AppealRefusal) -> str:
    """Say why a word is not taken; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case NotLooked():
            return _("Look at the pictures first: give a reason below, and they are shown.")
        case SamePerson():
            return _("You said this yourself. Another person must approve it, whatever role you look through.")
        case OwnTime():
            return _("This is your own learning time. Somebody else must decide about it.")
        case NotYours():
            return _("This step belongs to another role.")
        case NotTheTurn():
            return _("The review has moved on since you opened the page. Look at the steps again.")
        case _:
            raise refusal


def addresses() -> list[URLPattern]:
    """Return the addresses of face checks in an institution's pages."""
    return [
        path("faces/", cases, name="face_cases"),
        path("faces/<uuid:check_id>/", case, name="face_case"),
        path("faces/<uuid:check_id>/pictures/", pictures, name="face_pictures"),
        path("faces/<uuid:check_id>/decide/", hear, name="hear_face_case"),
        path("faces/picture/<str:token>/", for_roles(*DECIDERS)(picture), name="face_picture"),
    ]
