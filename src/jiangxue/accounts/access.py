"""Gives each request its viewer and its time, and keeps pages to the roles they are for. Clause M3."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.audit.services import Actor
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel import ids
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.viewer import Role, Viewer

CLOCK: Clock = DatabaseClock()
CHANCE: Chance = ids.chance
MEMBERSHIP_KEY = "membership"


class SignedRequest(HttpRequest):
    """A request of a signed-in person looking through one of their roles."""

    account: Account
    membership: Membership
    viewer: Viewer
    now: datetime


type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]
type SignedView[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


def now() -> datetime:
    """Return the present, for requests of people who are not signed in; asked once per request."""
    return CLOCK.now()


def address_of(request: HttpRequest) -> str | None:
    """Return the network address a request came from."""
    return request.META.get("REMOTE_ADDR") or None


def actor_of(request: SignedRequest) -> Actor:
    """Return who acts in a request, for the audit."""
    return Actor(request.viewer.account_id, request.viewer.role, address_of(request))


def signed(request: HttpRequest) -> SignedRequest | None:
    """Return a request that `for_roles` has completed, or None when no view asked who looks."""
    return cast("SignedRequest", request) if hasattr(request, "viewer") else None


def for_roles[**P](*roles: Role) -> Callable[[SignedView[P]], View[P]]:
    """Let a view be called by people in one of `roles` (none given: by anybody signed in) and complete their request."""

    def decorate(view: SignedView[P]) -> View[P]:
        @wraps(view)
        def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path())
            completed = _completed(request, request.user)
            if roles and completed.viewer.role not in roles:
                raise PermissionDenied
            response = view(completed, *args, **kwargs)
            add_never_cache_headers(response)  # or the back button would show the page after the sign-out
            return response

        return wrapper

    return decorate


def _completed(request: HttpRequest, account: Account) -> SignedRequest:
    held = list(memberships(account.pk))
    if not held:
        raise PermissionDenied
    chosen = request.session.get(MEMBERSHIP_KEY)
    completed = cast("SignedRequest", request)
    completed.account = account
    completed.membership = next((membership for membership in held if membership.pk == chosen), held[0])
    completed.viewer = viewer_for(completed.membership)
    completed.now = CLOCK.now()
    return completed
