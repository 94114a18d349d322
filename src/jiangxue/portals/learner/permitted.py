"""Pages on which something new is recorded of a learner: open only to those of whom it may be. Clause M2."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.accounts.errors import MayNotLearn, NotAgreed, Restricted
from jiangxue.accounts.queries.consents import require_learning

type SignedView[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


def permitted[**P](view: SignedView[P]) -> SignedView[P]:
    """Lead those who have not agreed to the consents before the view shows anything, and back afterwards.

    What is sent to the view is its services' to refuse; where they do, this leads to the same page.
    """

    @wraps(view)
    def wrapper(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            if request.method in {"GET", "HEAD"}:
                require_learning(request.viewer.account_id)
            return view(request, *args, **kwargs)
        except MayNotLearn as refusal:
            return _led_on(request, refusal)

    return wrapper


def refusal_said(refusal: MayNotLearn) -> str:
    """Say why nothing new is recorded, where a page cannot be left; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case Restricted():
            return _(
                "You asked for deletion, so nothing new is recorded of you. Take the request back under “My data” first."
            )
        case NotAgreed():
            return _(
                "You have not agreed to the rules of processing, or have withdrawn. Agree under “My data”, then go on."
            )
        case _:
            raise refusal


def wanted_page(request: SignedRequest, wanted: str) -> str:
    """Return the page that an address names as the next one, if it is one of ours; else the learner's home."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and ours else reverse("learner:home")


def _led_on(request: SignedRequest, refusal: MayNotLearn) -> HttpResponse:
    if isinstance(refusal, NotAgreed):
        return redirect(f"{reverse('learner:agree')}?{urlencode({'next': request.get_full_path()})}")
    return render(request, "learner/restricted.html", status=403)
