"""Signing in to a live or practice lesson by its code: reading it, confirming once, and being told when it counted. Clauses C3, T1.3; docs/rules/attendance.md."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, address_of, for_roles
from jiangxue.accounts.errors import MayNotLearn
from jiangxue.attendance.errors import AttendanceRefusal, CodeNotValid
from jiangxue.attendance.rules.codes import SEEN_MS, Seen, Side
from jiangxue.attendance.services.signing import From, Signed, item_seen, see_code, seen_in, sign
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import PlanItem
from jiangxue.kernel import ids
from jiangxue.kernel.clock import from_ms, to_ms
from jiangxue.kernel.viewer import Role
from jiangxue.portals.attendance_words import SIDES, time_said
from jiangxue.portals.attending.refusals import refusal_said
from jiangxue.portals.learner.devices import device_name
from jiangxue.portals.learner.permitted import permitted
from jiangxue.portals.learner.permitted import refusal_said as not_permitted

SEEN, BROWSER = "attendance_seen", "attendance_browser"
"""Cookies: what code this browser has read, for three minutes; and a random name by which one browser is told from another, for two years."""
BROWSER_AGE_S = 2 * 365 * 24 * 3_600


@never_cache
@require_safe
def read_code(request: HttpRequest, item_id: int, side: str, code: str) -> HttpResponse:
    """Take a code that was scanned, before anybody needs to sign in to the platform: its half a minute would not be enough for that."""
    try:
        word = see_code(item_id, Side(side), code, to_ms(access.now()))
    except (CodeNotValid, ValueError):
        return _refused(request, _("This code is no longer shown. Scan the one that stands there now."), 410)
    response = redirect("learner:attend")
    _keep(response, request, SEEN, word, SEEN_MS // 1000)
    return response


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
@permitted
def attend(request: SignedRequest) -> HttpResponse:
    """Ask the learner to confirm, and sign; everything that stands in the way is said in words."""
    try:
        seen = seen_in(request.COOKIES.get(SEEN, ""), to_ms(request.now))
        item = item_seen(request.viewer, seen)
        if request.method != "POST":
            return _page(request, seen, item)
        return _signed(request, sign(request.viewer, seen, _from(request), clock=access.CLOCK), seen, item)
    except CodeNotValid:
        return _refused(request, _("Scan the code that stands there now, and confirm within three minutes."), 410)
    except NotInClass:
        return _refused(request, _("You are not in the class that has this lesson. Please ask the teacher."), 403)
    except AttendanceRefusal as refusal:
        return _refused(request, refusal_said(refusal), 409)
    except MayNotLearn as refusal:
        return _refused(request, not_permitted(refusal), 403)


def _page(request: SignedRequest, seen: Seen, item: PlanItem) -> HttpResponse:
    context = {
        "title": item.title,
        "class_name": item.training_class.name,
        "place": item.place,
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "side_label": SIDES[seen.side],
        "read_at": from_ms(seen.at_ms),
        "name": request.account.name,
    }
    return render(request, "learner/attend.html", context)


def _signed(request: SignedRequest, signed: Signed, seen: Seen, item: PlanItem) -> HttpResponse:
    at = time_said(signed.mark.at)
    if not signed.is_new:
        messages.info(request, _("You had signed already, at {time}. That stays.").format(time=at))
    elif seen.side is Side.IN:
        messages.success(request, _("Signed in at {time}. Scan the code at the end as well.").format(time=at))
    else:
        messages.success(request, _("Signed out at {time}.").format(time=at))
    response = redirect("learner:plan_item", item.training_class_id, item.pk)
    response.delete_cookie(SEEN, path=reverse("learner:attend"))
    _keep(response, request, BROWSER, _browser(request), BROWSER_AGE_S)
    return response


def _from(request: SignedRequest) -> From:
    device = device_name(request.headers.get("User-Agent", ""))
    request.COOKIES.setdefault(BROWSER, ids.new_id().hex)
    return From(device, _browser(request), address_of(request))


def _browser(request: HttpRequest) -> str:
    """Return the random name of this browser; whatever else stands in its place is cut to its length."""
    return request.COOKIES[BROWSER][:32]


def _keep(response: HttpResponse, request: HttpRequest, name: str, value: str, seconds: int) -> None:
    """Let the browser keep something for these pages alone, out of reach of scripts."""
    path = reverse("learner:attend")
    response.set_cookie(
        name, value, max_age=seconds, path=path, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def _refused(request: HttpRequest, said: str, status: int) -> HttpResponse:
    return render(request, "learner/attend_refused.html", {"said": said}, status=status)
