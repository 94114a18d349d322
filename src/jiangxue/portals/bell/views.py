"""The list of one's own messages, opening one, and marking them as read."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import services as accounts
from jiangxue.accounts.access import MEMBERSHIP_KEY, SignedRequest, for_roles
from jiangxue.accounts.queries import memberships
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.viewer import Role
from jiangxue.notices import queries, services
from jiangxue.notices.errors import NoSuchNotice
from jiangxue.notices.models import Notice
from jiangxue.portals.notice_words import KINDS, address_of, said_of, sentence_of
from jiangxue.ui.listing import listed
from jiangxue.ui.roles import ROLE_LABELS

NOTICES_A_PAGE = 20


@for_roles()
@require_safe
def show(request: SignedRequest) -> HttpResponse:
    """List the viewer's messages, newest first: those not read yet, or all (`?show=all`), or those of one kind (`?kind=`).

    Of the unread ones, ten or more of a kind stand as one line, which leads to them.
    """
    is_all, kind = request.GET.get("show") == "all", _known(request.GET.get("kind", ""))
    many = {} if is_all or kind else queries.many_of_a_kind(request.viewer)
    found = queries.notices(request.viewer, unread=not is_all, kind=kind).exclude(kind__in=many)
    page = Paginator(found, NOTICES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": _tabs(is_all=is_all),
        "kind_label": said_of(kind).label if kind else "",
        "kind": kind,
        "is_all": is_all,
        "many": [_many(kind, number) for kind, number in many.items()],
        "notices": with_lines(page, [_line(each) for each in page.object_list]),
        "all_url": f"{reverse('bell:notices')}?show=all",
        "unread_url": reverse("bell:notices"),
        "read_all_url": reverse("bell:read_all"),
        "until": request.now.isoformat(),
    }
    return render(request, "bell/list.html", context)


@for_roles()
@require_POST
def open_notice(request: SignedRequest, notice_id: int) -> HttpResponse:
    """Mark a message as read and lead to its page, in a role that may open it if the viewer holds one."""
    try:
        notice = queries.notice_for(request.viewer, notice_id)
    except NoSuchNotice:
        raise Http404 from None
    services.read(request.viewer, [notice.pk], at=request.now)
    address = address_of(notice)
    if not address:
        messages.info(request, _("There is no page to this message any more."))
        return redirect("bell:notices")
    if not _looks_through(request, said_of(notice.kind).roles):
        roles = listed(*(ROLE_LABELS[role] for role in sorted(said_of(notice.kind).roles)))
        messages.warning(request, _("You do not hold the role of this message any more: %(roles)s.") % {"roles": roles})
        return redirect("bell:notices")
    return redirect(address)


@for_roles()
@require_POST
def read_all(request: SignedRequest) -> HttpResponse:
    """Mark the messages that the page could show as read, all or those of one kind; what came later stays."""
    kind = _known(request.POST.get("kind", ""))
    until = min(_instant(request.POST.get("until", "")) or request.now, request.now)
    number = services.read_all(request.viewer, until=until, at=request.now, kind=kind)
    said = ngettext("%(count)d message marked as read.", "%(count)d messages marked as read.", number)
    messages.success(request, said % {"count": number})
    return redirect("bell:notices")


def _looks_through(request: SignedRequest, roles: frozenset[Role]) -> bool:
    """Say whether the viewer looks through one of some roles (none given: any), after changing to one that they hold."""
    if not roles or request.viewer.role in roles:
        return True
    held = next((each for each in memberships(request.account.pk) if each.role in roles), None)
    if held is None:
        return False
    accounts.choose_role(account_id=request.account.pk, membership_id=held.pk, now=request.now)
    request.session[MEMBERSHIP_KEY] = held.pk
    messages.info(request, _("You look through this role now: %(role)s.") % {"role": ROLE_LABELS[Role(held.role)]})
    return True


def _known(kind: str) -> str:
    return kind if kind in KINDS else ""


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _line(notice: Notice) -> Mapping[str, object]:
    return {
        "sentence": sentence_of(notice),
        "at": notice.at,
        "is_read": notice.read_at is not None,
        "open_url": reverse("bell:open", args=(notice.pk,)),
    }


def _many(kind: str, number: int) -> Mapping[str, object]:
    return {"label": said_of(kind).label, "number": number, "url": f"{reverse('bell:notices')}?kind={kind}"}


def _tabs(*, is_all: bool) -> list[dict[str, object]]:
    url = reverse("bell:notices")
    return [
        {"label": _("Unread"), "url": url, "current": not is_all, "count": None},
        {"label": _("All"), "url": f"{url}?show=all", "current": is_all, "count": None},
    ]
