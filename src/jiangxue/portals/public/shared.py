"""What pages for everybody have in common: they are the same for all, set no cookie, and may be kept for a minute by whoever carries them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

KEPT_S = 60
"""How long a page may be kept: also how long one that somebody has just read may outlive a course that was taken down."""

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def shareable[**P](view: View[P]) -> View[P]:
    """Let a page be kept for a minute and asked for again by its ETag; one that says what is not there is not kept."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=KEPT_S)
        else:
            add_never_cache_headers(response)
        return response

    return conditional_page(require_safe(wrapper))
