"""保存与删除: how long archives are kept, which are over their time, and the two administrators who let them go. Clauses T8.1, M2, M3."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.archive.errors import RetentionRefusal
from jiangxue.archive.models import Erasure, RetentionRun
from jiangxue.archive.queries.retention import (
    LISTED_AT_ONCE,
    places_due,
    places_of_run,
    rule_in_force,
    rules,
    runs,
    unfinished_run,
    years_in_force,
)
from jiangxue.archive.queries.runs import Progress, number_under_hold, progress_of, run_or_none
from jiangxue.archive.services import retaining
from jiangxue.audit.services import Actor
from jiangxue.djangokit.pages import with_lines
from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.portals.operator.retention_forms import ConfirmForm, YearsForm
from jiangxue.portals.operator.retention_words import RUN_STATES, RunState, item_said, refused, state_of
from jiangxue.ui.masking import masked_name

LOOKERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
RUNS_A_PAGE = 20
ARCHIVES_A_PAGE = 50


@for_roles(*LOOKERS)
@require_safe
def retention(request: SignedRequest) -> HttpResponse:
    """Show how many archives are over their time, the list that waits, and those before."""
    return _overview(request)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_POST
def report(request: SignedRequest) -> HttpResponse:
    """List the archives that are over their time, and erase nothing."""
    try:
        made = retaining.report(request.viewer, **_by(request))
    except RetentionRefusal as refusal:
        status, sentence = refused(refusal)
        messages.error(request, sentence)
        return _overview(request, status=status)
    messages.success(request, _("The list is made. Nothing has been erased: the security administrator decides."))
    return redirect("operator:retention_run", made.pk)


@for_roles(*LOOKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: SignedRequest) -> HttpResponse:
    """Show for how many years archives are kept and since when; the security administrator says otherwise, with a reason."""
    if request.method != "POST":
        return _rule_page(request, YearsForm(initial={"years": years_in_force()}))
    if request.viewer.role is not Role.SECURITY_ADMINISTRATOR:
        raise PermissionDenied
    form = YearsForm(request.POST)
    if not form.is_valid():
        return _rule_page(request, form, status=400)
    try:
        retaining.set_years(request.viewer, **form.cleaned_data, **_by(request))
    except RetentionRefusal as refusal:
        status, sentence = refused(refusal)
        messages.error(request, sentence)
        return _rule_page(request, form, status=status)
    messages.success(request, _("The rule is in force."))
    return redirect("operator:retention_rule")


@for_roles(*LOOKERS)
@require_safe
def run(request: SignedRequest, run_id: int) -> HttpResponse:
    """Show what a run lists and what became of it."""
    return _run_page(request, _run(run_id))


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_POST
def confirm(request: SignedRequest, run_id: int) -> HttpResponse:
    """Let what a run lists be erased, once the box is ticked."""
    found = _run(run_id)
    form = ConfirmForm(progress_of([run_id])[run_id].listed, request.POST)
    if not form.is_valid():
        return _run_page(request, found, form, status=400)
    said = _("Confirmed. The archives are erased in the background; you may leave this page.")
    return _done(request, run_id, lambda: retaining.confirm(request.viewer, run_id, **_by(request)), said)


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_POST
def drop(request: SignedRequest, run_id: int) -> HttpResponse:
    """End a run of which nothing is erased."""
    _run(run_id)
    said = _("The list is dropped. Nothing has been erased.")
    return _done(request, run_id, lambda: retaining.drop(request.viewer, run_id, **_by(request)), said)


def _done(request: SignedRequest, run_id: int, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RetentionRefusal as refusal:
        status, sentence = refused(refusal)
        messages.error(request, sentence)
        return _run_page(request, _run(run_id), status=status)
    messages.success(request, said)
    return redirect("operator:retention_run", run_id)


def _overview(request: SignedRequest, *, status: int = 200) -> HttpResponse:
    page = Paginator(runs(), RUNS_A_PAGE).get_page(request.GET.get("page"))
    waiting = unfinished_run()
    progress = progress_of([each.pk for each in page.object_list])
    due = len(places_due(learning_day(request.now)))
    context = {
        "tabs": _tabs("retention"),
        "years": years_in_force(),
        "due": due,
        "is_more_due": due >= LISTED_AT_ONCE,
        "held": number_under_hold(),
        "waiting": _run_line(waiting, progress_of([waiting.pk])[waiting.pk]) if waiting else None,
        "may_report": request.viewer.role is Role.SYSTEM_ADMINISTRATOR and waiting is None and due > 0,
        "report_url": reverse("operator:report_retention"),
        "runs": with_lines(page, [_run_line(each, progress[each.pk]) for each in page.object_list]),
    }
    return render(request, "operator/retention.html", context, status=status)


def _rule_page(request: SignedRequest, form: YearsForm, *, status: int = 200) -> HttpResponse:
    context = {
        "tabs": _tabs("retention_rule"),
        "years": years_in_force(),
        "in_force": rule_in_force(),
        "may_change": request.viewer.role is Role.SECURITY_ADMINISTRATOR,
        "form": form,
        "rules": Paginator(rules(), RUNS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "operator/retention_rule.html", context, status=status)


@as_program()  # whose archives are over their term, in all institutions
def _run_page(
    request: SignedRequest, found: RetentionRun, form: ConfirmForm | None = None, *, status: int = 200
) -> HttpResponse:
    state, progress = state_of(found), progress_of([found.pk])[found.pk]
    page = Paginator(places_of_run(found), ARCHIVES_A_PAGE).get_page(request.GET.get("page"))
    may_decide = request.viewer.role is Role.SECURITY_ADMINISTRATOR and state is RunState.WAITING
    is_own = found.reported_by_id == request.viewer.account_id
    context = {
        "run": _run_line(found, progress),
        "archives": with_lines(page, [_item_line(each, state) for each in page.object_list]),
        "may_decide": may_decide and not is_own,
        "is_own": may_decide and is_own,
        "form": form or ConfirmForm(progress.listed),
        "confirm_url": reverse("operator:confirm_retention", args=(found.pk,)),
        "drop_url": reverse("operator:drop_retention", args=(found.pk,)),
        "retention_url": reverse("operator:retention"),
    }
    return render(request, "operator/retention_run.html", context, status=status)


def _run(run_id: int) -> RetentionRun:
    found = run_or_none(run_id)
    if found is None:
        raise Http404
    return found


class _By(TypedDict):
    by: Actor
    now: datetime


def _by(request: SignedRequest) -> _By:
    return {"by": actor_of(request), "now": request.now}


def _run_line(run: RetentionRun, progress: Progress) -> dict[str, object]:
    state = state_of(run)
    return {
        "url": reverse("operator:retention_run", args=(run.pk,)),
        "number": run.pk,
        "years": run.years,
        "reported_at": run.reported_at,
        "reported_by": masked_name(run.reported_by.name),
        "confirmed_at": run.confirmed_at,
        "confirmed_by": masked_name(run.confirmed_by.name) if run.confirmed_by else "",
        "finished_at": run.finished_at,
        "state": state.value,
        "state_label": RUN_STATES[state],
        "progress": progress,
        "left": progress.listed - progress.erased - progress.kept,
        "listed_said": ngettext("%(count)d archive", "%(count)d archives", progress.listed)
        % {"count": progress.listed},
    }


def _item_line(item: Erasure, state: RunState) -> dict[str, object]:
    place = item.enrolment
    return {
        "class_name": place.training_class.name,
        "institution": place.training_class.institution.name,
        "learner": masked_name(place.learner.staff_name),
        "due_on": item.due_on,
        "said": item_said(item, state),
        "erased_at": item.erased_at,
        "is_kept": bool(item.kept_because),
    }


def _tabs(current: str) -> list[dict[str, object]]:
    labels = {"retention": _("Lists and erasure"), "retention_rule": _("Term of retention")}
    return [
        {"label": label, "url": reverse(f"operator:{name}"), "current": name == current, "count": None}
        for name, label in labels.items()
    ]
