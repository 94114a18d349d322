"""Samples (抽查): drawing one by a seed that somebody names, and looking at whom it drew. Clause C5; docs/rules/sampling.md."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import NoSuchReview
from jiangxue.learning.queries.samples import picture_of_strip
from jiangxue.organisations.queries import region_names
from jiangxue.portals.face_pictures import opened, sent
from jiangxue.portals.revealing import RevealForm
from jiangxue.portals.supervising.sampling_forms import DrawForm, WordForm
from jiangxue.portals.supervising.sampling_paper import give
from jiangxue.portals.supervising.sampling_shown import SALT, draw_line, facts_of, learners_of, look_at, looked_at
from jiangxue.supervision.errors.sampling import NobodyToDraw, NoSuchDraw, NotTheTurn, OutsideScope
from jiangxue.supervision.models import Draw
from jiangxue.supervision.queries.sampling import draw_for, draws, frozen_population
from jiangxue.supervision.rules.sampling import SampleWord, listed
from jiangxue.supervision.services.sampling import Said, draw_sample, say_word

DRAWS_A_PAGE = 20
_for_supervisors = for_roles(Role.SUPERVISOR)


@_for_supervisors
@require_safe
def samples(request: SignedRequest) -> HttpResponse:
    """List what was drawn in the region, every draw of it."""
    page = InTwoSteps(draws(request.viewer), DRAWS_A_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    names = region_names({each.scope_region for each in found})
    lines = [draw_line(each, names) for each in found]
    return render(request, "supervising/samples.html", {"draws": with_lines(page, lines)})


@_for_supervisors
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: SignedRequest) -> HttpResponse:
    """Ask what is to be drawn, and draw it; nobody is shown before the draw is kept."""
    today = learning_day(request.now)
    if request.method != "POST":
        return _asked(request, DrawForm(request.viewer, today, chosen=request.GET.dict()))
    form = DrawForm(request.viewer, today, request.POST)
    if form.is_valid():
        try:
            kept = draw_sample(request.viewer, form.wish, by=actor_of(request), now=request.now)
        except OutsideScope:
            raise Http404 from None
        except NobodyToDraw:
            form.add_error(
                None, _("Nobody there began to learn on one of these days. Choose other days or a wider scope.")
            )
        else:
            return redirect("regulator:sample", kept.pk)
    return _asked(request, form)


def _asked(request: SignedRequest, form: DrawForm) -> HttpResponse:
    return render(request, "supervising/draw.html", {"form": form}, status=400 if form.errors else 200)


@_for_supervisors
@require_safe
def sample(request: SignedRequest, draw_id: UUID) -> HttpResponse:
    """Show whom a draw drew, with their bars; 404 for a draw of another region."""
    return _page(request, _found(request, draw_id), RevealForm())


@_for_supervisors
@require_POST
def pictures(request: SignedRequest, draw_id: UUID) -> HttpResponse:
    """Show the same with the strips of pictures, after one reason for all of them was recorded."""
    return _page(request, _found(request, draw_id), RevealForm(request.POST))


@_for_supervisors
@require_safe
def picture(request: SignedRequest, token: str) -> HttpResponse:
    """Send one picture to the person whom its address was made for, while it is good; role and region are looked at again."""
    content = opened(request, SALT, token)
    try:
        return sent(picture_of_strip(request.viewer, UUID(content["check"]), UUID(content["picture"])))
    except NoSuchReview:
        raise Http404 from None


@_for_supervisors
@require_POST
def word(request: SignedRequest, draw_id: UUID, ordinal: int) -> HttpResponse:
    """Keep a word about one learner of a sample."""
    form = WordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the two words."))
        return _page(request, _found(request, draw_id), RevealForm(), status=400)
    said = Said(draw_id, ordinal, SampleWord(form.cleaned_data["word"]), form.cleaned_data["after"])
    try:
        say_word(request.viewer, said, by=actor_of(request), now=request.now)
    except NoSuchDraw:
        raise Http404 from None
    except NotTheTurn:
        messages.error(request, _("Somebody has said something about this learner meanwhile. Look at it first."))
        return _page(request, _found(request, draw_id), RevealForm(), status=409)
    messages.success(request, _("Recorded."))
    return redirect("regulator:sample", draw_id)


@_for_supervisors
@require_safe
def population(request: SignedRequest, draw_id: UUID) -> HttpResponse:
    """Send the list that a draw was made from: numbers of archives alone, by which anybody can draw again."""
    found = _found(request, draw_id)
    content = listed(frozen_population(found))
    disposition = f'attachment; filename="population-{found.digest[:12]}.txt"'
    return HttpResponse(content, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": disposition})


@_for_supervisors
@require_safe
def paper(request: SignedRequest, draw_id: UUID) -> HttpResponse:
    """Send the sample as PDF, names masked."""
    return give(request, _found(request, draw_id))


def _found(request: SignedRequest, draw_id: UUID) -> Draw:
    try:
        return draw_for(request.viewer, draw_id)
    except NoSuchDraw:
        raise Http404 from None


def _page(request: SignedRequest, found: Draw, form: RevealForm, *, status: int = 200) -> HttpResponse:
    looked = look_at(request.viewer, found)
    strips = None
    if form.is_bound and form.is_valid():
        strips = looked_at(request, looked, form.reason)
    elif form.is_bound:
        status = 400
    context = {
        **facts_of(request, found),
        "learners": learners_of(request, looked, strips),
        "are_shown": strips is not None,
        "has_pictures": looked.has_faces,
        "reveal_form": None if strips is not None else form,
    }
    return render(request, "supervising/sample.html", context, status=status)


def addresses() -> list[URLPattern]:
    """Return the addresses of samples in a supervisor's pages."""
    return [
        path("samples/", samples, name="samples"),
        path("samples/draw/", draw, name="draw_sample"),
        path("samples/<uuid:draw_id>/", sample, name="sample"),
        path("samples/<uuid:draw_id>/pictures/", pictures, name="sample_pictures"),
        path("samples/<uuid:draw_id>/population.txt", population, name="sample_population"),
        path("samples/<uuid:draw_id>/sample.pdf", paper, name="sample_paper"),
        path("samples/<uuid:draw_id>/<int:ordinal>/", word, name="sample_word"),
        path("samples/picture/<str:token>/", picture, name="sample_picture"),
    ]
