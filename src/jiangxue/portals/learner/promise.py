"""The learner's promise: read and signed before the first lesson of a class that came of an application. Clauses C1, C5."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.enrolment.errors import NotInClass, PromiseTextChanged
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.enrolment.queries.promises import is_due, signed_by_learner, text_by, text_of
from jiangxue.enrolment.rules.promises import Party
from jiangxue.enrolment.services.promises import sign_as_learner
from jiangxue.kernel.viewer import Role
from jiangxue.portals.learner.permitted import permitted, wanted_page
from jiangxue.portals.marked_text import html_of

type InClass[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


class SignForm(forms.Form):
    """By which text is promised, and which page is wanted afterwards."""

    version = forms.IntegerField(min_value=1, max_value=32_767)
    next = forms.CharField(required=False)


def promised[**P](view: InClass[P]) -> InClass[P]:
    """Lead those who have not promised yet to the promise before a page of a class is shown, and back afterwards."""

    @wraps(view)
    def wrapped(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        class_id = cast("int", kwargs["class_id"])
        if request.method in {"GET", "HEAD"} and _is_due(request, class_id):
            address = reverse("learner:promise", args=(class_id,))
            return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return wrapped


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
@permitted
def promise(request: SignedRequest, class_id: int) -> HttpResponse:
    """Show the promise with one button, or what was signed; 404 for a class of others or one that asks for none."""
    place = _place(request, class_id)
    if not is_due(place) and signed_by_learner(place) is None:
        raise Http404
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method != "POST":
        return _page(request, place, wanted)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, place, wanted, has_changed=True, status=400)
    try:
        version = form.cleaned_data["version"]
        sign_as_learner(
            viewer=request.viewer, class_id=class_id, version=version, by=actor_of(request), now=request.now
        )
    except PromiseTextChanged:
        return _page(request, place, wanted, has_changed=True, status=409)
    return HttpResponseRedirect(wanted_page(request, wanted or reverse("learner:class", args=(class_id,))))


def promise_line(place: Enrolment) -> dict[str, object] | None:
    """Return what a class's page says of the promise: whether it is due, when it was signed, and where; None where none is asked for."""
    signed = signed_by_learner(place)
    if signed is None and not is_due(place):
        return None
    url = reverse("learner:promise", args=(place.training_class_id,))
    return {"is_due": signed is None, "signed_at": signed.at if signed else None, "url": url}


def _is_due(request: SignedRequest, class_id: int) -> bool:
    try:
        return is_due(enrolment_for(request.viewer, class_id))
    except NotInClass:
        return False  # the view itself says so


def _place(request: SignedRequest, class_id: int) -> Enrolment:
    try:
        return enrolment_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None


def _page(
    request: SignedRequest, place: Enrolment, wanted: str, *, has_changed: bool = False, status: int = 200
) -> HttpResponse:
    signed = signed_by_learner(place)
    text = text_by(Party.LEARNER, signed.version) if signed else text_of(Party.LEARNER)
    context = {
        "training_class": {
            "name": place.training_class.name,
            "url": reverse("learner:class", args=(place.training_class_id,)),
        },
        "text": text,
        "html": html_of(text.rest, level=2),
        "signed_at": signed.at if signed else None,
        "next": wanted,
        "has_changed": has_changed,
    }
    return render(request, "learner/promise.html", context, status=status)
