"""Pages that show figures or endings: a session that a beat has just ended is sealed before they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest
from jiangxue.learning.services.answering import is_check_open
from jiangxue.learning.services.ending import end_due

type SignedView[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


def up_to_date[**P](view: SignedView[P]) -> SignedView[P]:
    """End what is due of the viewer's session before the view looks at anything."""

    @wraps(view)
    def wrapper(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        end_due(request.viewer.account_id, request.now, clock=access.CLOCK)
        return view(request, *args, **kwargs)

    return wrapper


def check_first[**P](view: SignedView[P]) -> SignedView[P]:
    """Lead to the open check, if there is one, before the view shows anything else; after it the learner comes back."""

    @wraps(view)
    def wrapper(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_check_open(request.viewer, request.now):
            return redirect(f"{reverse('learner:check')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return wrapper
