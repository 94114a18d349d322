"""Pages that show figures or endings: a session that a beat has just ended is sealed before they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpResponse

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest
from jiangxue.learning.services.ending import end_due

type SignedView[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


def up_to_date[**P](view: SignedView[P]) -> SignedView[P]:
    """End what is due of the viewer's session before the view looks at anything."""

    @wraps(view)
    def wrapper(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        end_due(request.viewer.account_id, request.now, clock=access.CLOCK)
        return view(request, *args, **kwargs)

    return wrapper
