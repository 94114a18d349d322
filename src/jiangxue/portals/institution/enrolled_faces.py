"""Enrolled faces of a class, held against the identity document by those who answer for it (登记核对). Clauses T3.1, M2."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import MayNotReveal
from jiangxue.accounts.queries.persons import ShownPerson
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import TrainingClass
from jiangxue.learning.errors import AppealRefusal, NoSuchReview, NotLooked, NotTheTurn, OwnTime
from jiangxue.learning.queries.enrolled_faces import (
    COMPARERS,
    WaitingFace,
    enrolled_picture_for,
    pictures_of,
    waiting_faces,
)
from jiangxue.learning.services.enrolled_faces import Meant, compare_face, show_faces
from jiangxue.portals.face_pictures import opened, sent, signed
from jiangxue.portals.institution.enrolled_face_forms import AT_ONCE, ComparisonForm, attempts_named
from jiangxue.portals.revealing import RevealForm
from jiangxue.portals.watching.frame import frame, of_a_class
from jiangxue.ui.masking import masked_identity

_SALT = "enrolled face"


@dataclass(frozen=True, slots=True)
class _Shown:
    """Who is shown in full and by which picture, and why; with the choices that the page offers."""

    persons: Mapping[UUID, ShownPerson]
    reason: RevealForm
    form: ComparisonForm


@for_roles(*COMPARERS)
@require_safe
@of_a_class
def waiting(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """List the learners whose enrolled face waits to be compared, masked and without pictures."""
    return _page(request, watched, _on_page(request, watched), RevealForm())


@for_roles(*COMPARERS)
@require_POST
@cache_control(no_store=True)
@of_a_class
def look(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """Show the pictures and names of a page after the reason was recorded for each."""
    reason, faces = RevealForm(request.POST), _on_page(request, watched)
    if not reason.is_valid():
        return _page(request, watched, faces, reason, status=400)
    form = ComparisonForm([each.enrolled.attempt for each in faces.object_list])
    return _shown_page(request, watched, faces, reason, form)


@for_roles(*COMPARERS)
@require_POST
@cache_control(no_store=True)
@of_a_class
def compare(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """Take what was chosen; where something is refused, all else is saved, and what was typed stays."""
    attempts = attempts_named(request.POST)
    form, reason = ComparisonForm(attempts, request.POST), RevealForm(request.POST)
    status = 400
    if form.is_valid():
        refusals = _say_all(request, watched, form)
        if not refusals:
            return redirect("institution:enrolled_faces", watched.pk)
        for sentence in {_sentence(each) for each in refusals}:
            form.add_error(None, sentence)
        status = 403 if any(isinstance(each, OwnTime) for each in refusals) else 409
    faces = _on_page(request, watched, among=attempts)
    if not reason.is_valid():
        return _page(request, watched, faces, reason, status=status)
    return _shown_page(request, watched, faces, reason, form, status=status)


def _on_page(
    request: SignedRequest, watched: TrainingClass, *, among: Collection[UUID] | None = None
) -> Page[WaitingFace]:
    try:
        found = waiting_faces(request.viewer, watched.pk, request.now)
    except NotInClass:
        raise Http404 from None
    chosen = [each for each in found if among is None or each.enrolled.attempt in among]
    return Paginator(chosen, AT_ONCE).get_page(request.GET.get("page"))


def _shown_page(  # noqa: PLR0913  (what the page is about, and what was typed on it)
    request: SignedRequest,
    watched: TrainingClass,
    faces: Page[WaitingFace],
    reason: RevealForm,
    form: ComparisonForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show a page of faces and names in full; lead back to the list where somebody on it may be shown no more."""
    waiting_ones = list(faces.object_list)
    try:
        persons = show_faces(request.viewer, waiting_ones, reason.reason, by=actor_of(request), now=request.now)
    except MayNotReveal:
        messages.warning(request, _("A learner of this page has asked for deletion meanwhile. Please look again."))
        return redirect("institution:enrolled_faces", watched.pk)
    return _page(request, watched, faces, _Shown(persons, reason, form), status=status)


def _say_all(request: SignedRequest, watched: TrainingClass, form: ComparisonForm) -> list[AppealRefusal]:
    """Keep each word on its own, and return what was refused."""
    refused: list[AppealRefusal] = []
    for attempt, word in form.chosen.items():
        meant = Meant(watched.pk, attempt)
        try:
            compare_face(request.viewer, meant, word, by=actor_of(request), clock=access.CLOCK)
        except AppealRefusal as refusal:
            refused.append(refusal)
    saved = len(form.chosen) - len(refused)
    if saved:
        said = ngettext("Recorded for %(count)d learner.", "Recorded for %(count)d learners.", saved)
        messages.success(request, said % {"count": saved})
    return refused


def _page(
    request: SignedRequest,
    watched: TrainingClass,
    faces: Page[WaitingFace],
    shown: _Shown | RevealForm,
    *,
    status: int = 200,
) -> HttpResponse:
    lines = [_line(request, each) for each in faces.object_list]
    context: dict[str, object] = {"reveal_form": shown}
    if isinstance(shown, _Shown):
        pictures = pictures_of(faces.object_list)
        for line, face in zip(lines, faces.object_list, strict=True):
            line.update(_in_full(request, watched, face, shown, has_picture=face.enrolled.attempt in pictures))
        context = {"form": shown.form, "reason": shown.reason}
    context |= {**frame(request, watched, "enrolled_faces"), "faces": with_lines(faces, lines)}
    context["look_url"] = reverse("institution:look_at_enrolled_faces", args=(watched.pk,))
    context["compare_url"] = reverse("institution:compare_enrolled_faces", args=(watched.pk,))
    return render(request, "institution/enrolled_faces.html", context, status=status)


def _line(request: SignedRequest, face: WaitingFace) -> dict[str, object]:
    return {
        "learner": face.place.learner.staff_name,
        "at": face.enrolled.at,
        "is_stored": face.enrolled.is_stored,
        "is_own": face.place.learner_id == request.viewer.account_id,
    }


def _in_full(
    request: SignedRequest, watched: TrainingClass, face: WaitingFace, shown: _Shown, *, has_picture: bool
) -> dict[str, object]:
    attempt = face.enrolled.attempt
    person = shown.persons.get(attempt)
    if person is None:
        return {}
    token = signed(request, _SALT, {"class": watched.pk, "attempt": attempt.hex})
    return {
        "name": person.name,
        "id_type": person.id_type,
        "id_number": masked_identity(person.id_number),
        "picture": reverse("institution:enrolled_face_picture", args=(token,)) if has_picture else "",
        "said": shown.form[f"said-{attempt.hex}"],
        "text": shown.form[f"text-{attempt.hex}"],
    }


@for_roles(*COMPARERS)
@cache_control(no_store=True)
@require_safe
def picture(request: SignedRequest, token: str) -> HttpResponse:
    """Send one picture to the person whom its address was made for, while it is good and the face waits; role and class are looked at again."""
    content = opened(request, _SALT, token)
    try:
        jpeg = enrolled_picture_for(request.viewer, content["class"], UUID(content["attempt"]), request.now)
    except (NoSuchReview, NotInClass):
        raise Http404 from None
    return sent(jpeg)


def _sentence(refusal: AppealRefusal) -> str:
    """Say why a word is not taken; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case NotTheTurn():
            return _(
                "Somebody else has compared a learner of this page meanwhile, or the learner has enrolled anew. What you chose there was not saved; all else was."
            )
        case NotLooked():
            return _("Look at the pictures first: give a reason below, and they are shown.")
        case OwnTime():
            return _("This is your own enrolled face. Somebody else must compare it.")
        case _:
            raise refusal


def addresses() -> list[URLPattern]:
    """Return the addresses of enrolled faces in an institution's pages."""
    base = "classes/<int:class_id>/enrolled-faces/"
    return [
        path(base, waiting, name="enrolled_faces"),
        path(f"{base}look/", look, name="look_at_enrolled_faces"),
        path(f"{base}compare/", compare, name="compare_enrolled_faces"),
        path("enrolled-faces/picture/<str:token>/", picture, name="enrolled_face_picture"),
    ]
