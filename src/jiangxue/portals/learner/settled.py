"""Pages that show figures or endings: a session that a beat has just ended is sealed before they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpResponse

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest
from jiangxue.learning.services.ending import settle

type SignedView[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


def settled[**P](view: SignedView[P]) -> SignedView[P]:
    """Settle the viewer's session before the view looks at anything."""

    @wraps(view)
    def wrapper(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        settle(request.viewer.account_id, request.now, clock=access.CLOCK)
        return view(request, *args, **kwargs)

    return wrapper
