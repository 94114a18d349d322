"""Gives each request its viewer and its time, and keeps pages to the roles they are for. Clause M3."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.accounts.queries.second_factor import set_up_at
from jiangxue.accounts.rules.second_factor import needs_second_factor
from jiangxue.audit.services import Actor
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.djangokit.row_security import seen_by
from jiangxue.kernel import ids
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.scope import scope_of
from jiangxue.kernel.viewer import Role, Viewer

CLOCK: Clock = DatabaseClock()
CHANCE: Chance = ids.chance
MEMBERSHIP_KEY = "membership"
_SECOND_FACTOR_KEY = "second_factor"


class SignedRequest(HttpRequest):
    """A request of a signed-in person looking through one of their roles."""

    account: Account
    membership: Membership
    viewer: Viewer
    now: datetime
    lacks_second_factor: bool


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


def remember_second_factor(request: HttpRequest, account: Account) -> None:
    """Let this browser session, in which somebody has signed in, go on as one in which their second factor was given, as long as that is not set up anew."""
    request.session.cycle_key()  # or whoever knew the session by the password alone would go on in it
    request.session[_SECOND_FACTOR_KEY] = _second_factor_of(account.pk)


def has_given_second_factor(request: SignedRequest) -> bool:
    """Say whether the second factor of whoever is signed in was given in this browser session."""
    given = request.session.get(_SECOND_FACTOR_KEY)
    return given is not None and given == _second_factor_of(request.account.pk)


def _second_factor_of(account_id: int) -> str | None:
    at = set_up_at(account_id)
    return f"{account_id}/{at.isoformat()}" if at else None


def for_roles[**P](*roles: Role, before_second_factor: bool = False) -> Callable[[SignedView[P]], View[P]]:
    """Let a view be called by people in one of `roles` (none given: by anybody signed in) and complete their request.

    Whoever holds a role of staff is asked for the second factor first, whichever role they look through; only the pages that ask for it
    come before.
    """

    def decorate(view: SignedView[P]) -> View[P]:
        @wraps(view)
        def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path())
            completed = _completed(request, request.user)
            if not before_second_factor and completed.lacks_second_factor:
                back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
                return redirect_to_login(back, settings.SECOND_FACTOR_URL)
            if roles and completed.viewer.role not in roles:
                raise PermissionDenied
            with seen_by(scope_of(completed.viewer)):
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
    is_staff = needs_second_factor(Role(membership.role) for membership in held)
    completed.lacks_second_factor = is_staff and not has_given_second_factor(completed)
    return completed
