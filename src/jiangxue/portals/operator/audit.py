"""The audit (操作记录) for its administrator: searching it, one entry, and its days in the ledger. Clauses M3, T8.2."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.audit.errors import NoSuchEntry
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.queries.search import EntryPage, entry_for, page_of, place_of
from jiangxue.audit.rules.days import Difference, Finding
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.errors import LogDamaged
from jiangxue.operations.errors import NoSuchDay, NotTheirsToCheck, TooLargeAtOnce
from jiangxue.operations.queries.audit_days import EnteredDay, breaks_for, days_for, last_check_for
from jiangxue.operations.services.audit_days import ask_for_check, check_day
from jiangxue.portals.operator.audit_form import AuditFilter
from jiangxue.portals.operator.audit_lines import address_of, lines_of
from jiangxue.portals.operator.audit_table import NAME
from jiangxue.portals.operator.ledger import by_of

ENTRIES_A_PAGE = 50
DAYS_A_PAGE = 31
DIFFERENCES: dict[str, str | Promise] = {
    Difference.FEWER: gettext_lazy("entries are missing"),
    Difference.MORE: gettext_lazy("there are entries that were not there"),
    Difference.CHANGED: gettext_lazy("entries were changed"),
    Difference.BROKEN: gettext_lazy("the day does not go on from the one before it"),
    Difference.OVERDUE: gettext_lazy("the day has not been entered in the ledger"),
}


@for_roles(Role.AUDIT_ADMINISTRATOR)
@require_safe
def audit(request: SignedRequest) -> HttpResponse:
    """List who did what, newest first, as far as it is looked for; what cannot be looked for is 400 and finds nothing."""
    form = AuditFilter(request.GET)
    if not form.is_valid():
        return render(
            request, "operator/audit.html", {"entries": [], "filter_form": form, **_around(request)}, status=400
        )
    after, until = (place_of(request.GET.get(name, "")) for name in ("older", "newer"))
    page = page_of(request.viewer, form.search, ENTRIES_A_PAGE, after=after, until=until)
    context = {"entries": lines_of(page.entries), "filter_form": form, **_around(request), **_neighbours(request, page)}
    return render(request, "operator/audit.html", context)


@for_roles(Role.AUDIT_ADMINISTRATOR)
@require_safe
def audit_entry(request: SignedRequest, entry_id: int) -> HttpResponse:
    """Show one entry, and where to look on: what its account did, what happened to its object, what came from its address."""
    try:
        entry = entry_for(request.viewer, entry_id)
    except NoSuchEntry:
        raise Http404 from None
    (line,) = lines_of([entry])
    context = {"entry": line, "searches": _searches(entry), "audit_url": reverse("operator:audit")}
    return render(request, "operator/audit_entry.html", context)


@for_roles(Role.AUDIT_ADMINISTRATOR)
@require_safe
def audit_days(request: SignedRequest) -> HttpResponse:
    """List the days that are in the ledger, newest first, and what came of computing them again."""
    breaks: list[Finding] = []
    try:
        days, damaged = days_for(request.viewer), False
        breaks = breaks_for(request.viewer, request.now)
    except LogDamaged:
        days, damaged = [], True
    page = Paginator(days, DAYS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "days": with_lines(page, [_day(each) for each in page.object_list]),
        "is_damaged": damaged,
        "breaks": [{"day": each.day, "what": DIFFERENCES[each.difference]} for each in breaks],
        "report": _report(request),
        "check_all_url": reverse("operator:check_audit_days"),
        "audit_url": reverse("operator:audit"),
        "ledger_url": reverse("operator:ledger"),
    }
    return render(request, "operator/audit_days.html", context)


@for_roles(Role.AUDIT_ADMINISTRATOR)
@require_POST
def check_one(request: SignedRequest, day: str) -> HttpResponse:
    """Compute one day again and say whether it agrees with the ledger; where it is too large to wait for, the worker computes all."""
    try:
        finding = check_day(by_of(request), date.fromisoformat(day))
    except TooLargeAtOnce:
        return _checked_by_worker(request)
    except LogDamaged:
        return redirect("operator:audit_days")  # which says so
    except (NoSuchDay, ValueError):
        raise Http404 from None
    if finding is None:
        messages.success(request, _("%(day)s: in agreement with the ledger.") % {"day": day})
    else:
        said = {"day": day, "what": DIFFERENCES[finding.difference], "sealed": finding.sealed, "found": finding.found}
        text = _("%(day)s differs from the ledger: %(what)s (%(sealed)s entered, %(found)s found).")
        messages.error(request, text % said)
    return redirect("operator:audit_days")


@for_roles(Role.AUDIT_ADMINISTRATOR)
@require_POST
def check_all(request: SignedRequest) -> HttpResponse:
    """Let the worker compute all days again; the page shows what came of it."""
    return _checked_by_worker(request)


def _checked_by_worker(request: SignedRequest) -> HttpResponse:
    try:
        is_asked = ask_for_check(by_of(request))
    except NotTheirsToCheck:
        raise PermissionDenied from None
    if is_asked:
        messages.success(request, _("All days are being computed again in the background."))
    else:
        messages.info(request, _("All days are being computed again already."))
    return redirect("operator:audit_days")


def _around(request: SignedRequest) -> dict[str, object]:
    export_url = reverse("operator:ask_export", args=(NAME,))
    return {"days_url": reverse("operator:audit_days"), "export_url": f"{export_url}?{request.GET.urlencode()}"}


def _neighbours(request: SignedRequest, page: EntryPage) -> dict[str, object]:
    """Return the addresses of the pages beside this one, with the same search."""

    def beside(**where: object) -> str:
        asked = request.GET.copy()
        for name in ("older", "newer"):
            asked.pop(name, None)
        asked.update({name: str(place) for name, place in where.items()})
        return f"?{asked.urlencode()}"

    return {
        "newer_url": beside(newer=page.newer) if page.newer else "",
        "older_url": beside(older=page.older) if page.older else "",
    }


def _searches(entry: AuditEntry) -> list[dict[str, str]]:
    found = []
    if entry.actor_id:
        found.append({"label": _("What this account did"), "url": address_of(who=entry.actor_id)})
    if entry.object_kind:
        wanted = {"kind": entry.object_kind, "number": entry.object_id}
        found.append({"label": _("What happened to this object"), "url": address_of(**wanted)})
    if entry.object_kind == "account":
        found.append({"label": _("What the account that it is about did"), "url": address_of(who=entry.object_id)})
    if entry.address:
        found.append({"label": _("What came from this address"), "url": address_of(address=entry.address)})
    return found


def _day(entered: EnteredDay) -> dict[str, object]:
    day = entered.sealed
    return {
        "day": day.day,
        "entries": day.entries,
        "first": 1 if day.after is None else day.after + 1,
        "last_number": day.last,
        "digest": day.digest,
        "hash_name": day.hash_name,
        "index": entered.index,
        "check_url": reverse("operator:check_audit_day", args=(day.day.isoformat(),)),
        "entries_url": address_of(since=day.day.isoformat(), until=day.day.isoformat()),
    }


def _report(request: SignedRequest) -> dict[str, object] | None:
    report = last_check_for(request.viewer)
    if report is None:
        return None
    findings = [
        {"day": day, "what": DIFFERENCES.get(what, what), "sealed": sealed, "found": found}
        for day, what, sealed, found in report.findings
    ]
    return {
        "at": report.at,
        "days": report.days,
        "first": report.first_day,
        "last": report.last_day,
        "findings": findings,
    }
