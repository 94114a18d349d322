"""The learner's appeals: opening one, and following it step by step. Clauses T1.3, M6."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.archive.queries.settlements import is_settled
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import (
    AlreadyAppealed,
    AppealRefusal,
    NoSuchAppeal,
    NoSuchStretch,
    NotAppealable,
    StillLearning,
    TooManyAppeals,
)
from jiangxue.learning.queries.appeals import Appealed, appeal_for, appeals, with_steps
from jiangxue.learning.queries.checks import own_checks_on
from jiangxue.learning.queries.stretches import FoundStretch, share_on
from jiangxue.learning.rules.appeals import MOST_OPEN, due_on
from jiangxue.learning.services.appealing import AppealDraft, open_appeal
from jiangxue.portals.explaining import explained, outcome_of, steps_of
from jiangxue.portals.learner.appeal_form import AppealForm
from jiangxue.portals.learner.shown import day_url
from jiangxue.portals.learner.stretch import context_of, own_stretch
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.portals.pictures import picture_response
from jiangxue.ui.checks import marks_of
from jiangxue.ui.minute_bar import part_of

APPEALS_A_PAGE = 20


@for_roles(Role.LEARNER)
@require_safe
@check_first
def appeals_list(request: SignedRequest) -> HttpResponse:
    """List the viewer's own appeals, newest first."""
    page = Paginator(appeals(request.viewer).order_by("-opened_at"), APPEALS_A_PAGE).get_page(request.GET.get("page"))
    lines = [appeal_line(each, request.now) for each in with_steps(list(page.object_list))]
    context = {"appeals": with_lines(page, lines), "records_url": reverse("learner:records")}
    return render(request, "learner/appeals.html", context)


@for_roles(Role.LEARNER)
@require_safe
@check_first
def show(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Show one of the viewer's own appeals with every step."""
    try:
        found = appeal_for(request.viewer, appeal_id)
    except NoSuchAppeal:
        raise Http404 from None
    session, day = found.appeal.session, found.appeal.day
    around = share_on(session, day).stretches
    context = {
        "appeal": outcome_of(found, request.now),
        "is_class_settled": is_settled(session.enrolment.training_class_id),
        "steps": steps_of(found),
        "stretch": explained(session, found.stretch),
        "around": around,
        "line": part_of(around, found.appeal.start_ms, found.appeal.end_ms),
        "marks": marks_of(own_checks_on(request.viewer, day), around),
        "picture_url": reverse("learner:appeal_picture", args=(appeal_id,)) if found.has_picture else "",
        "day": day,
        "day_url": day_url(day),
        "appeals_url": reverse("learner:appeals"),
    }
    return render(request, "learner/appeal.html", context)


@for_roles(Role.LEARNER)
@require_safe
def picture(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Send the picture of one of the viewer's own appeals."""
    return picture_response(request.viewer, appeal_id)


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
@up_to_date
@check_first
def new(request: SignedRequest, day: str, session_id: str, start_ms: int) -> HttpResponse:
    """Ask for words and a picture, and open the appeal; what was typed stays when it is refused."""
    found = own_stretch(request, day, session_id, start_ms)
    context = context_of(request, found)
    if request.method != "POST":
        if not context["new_appeal_url"]:
            return redirect(str(context["stretch_url"]))
        return _form_page(request, found, context, AppealForm())
    form = AppealForm(request.POST, request.FILES if context["new_appeal_url"] else None)  # nothing is read in vain
    if not form.is_valid():
        return _form_page(request, found, context, form, status=400)
    try:
        opened = open_appeal(request.viewer, _draft(found, form), clock=access.CLOCK)
    except NoSuchStretch:
        raise Http404 from None
    except AppealRefusal as refusal:
        form.add_error(None, _sentence(refusal))
        return _form_page(request, found, context, form, status=409)
    messages.success(request, _("Your appeal has been handed in."))
    return redirect("learner:appeal", opened.pk)


def _draft(found: FoundStretch, form: AppealForm) -> AppealDraft:
    said = form.cleaned_data
    return AppealDraft(found.day, found.session.pk, found.stretch.start_ms, said["text"], said["picture"])


def _form_page(
    request: SignedRequest, found: FoundStretch, context: dict[str, object], form: AppealForm, *, status: int = 200
) -> HttpResponse:
    shown = {
        **context,
        "form": form,
        "due_on": due_on(learning_day(request.now)),
        "is_class_settled": is_settled(found.session.enrolment.training_class_id),
    }
    return render(request, "learner/new_appeal.html", shown, status=status)


def _sentence(refusal: AppealRefusal) -> str:
    """Say why an appeal is not taken; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case AlreadyAppealed():
            return _("You have appealed this stretch, or part of it, already.")
        case NotAppealable():
            return _("This time is credited, or was counted once already: there is nothing to appeal.")
        case StillLearning():
            return _("You are still learning. Appeal when this session has ended.")
        case TooManyAppeals():
            return _("%(most)d of your appeals are waiting already. Wait until one of them is settled.") % {
                "most": MOST_OPEN
            }
        case _:
            raise refusal


def appeal_line(found: Appealed, now: datetime) -> dict[str, object]:
    """Return what lists show of an appeal."""
    return {
        **outcome_of(found, now),
        "url": reverse("learner:appeal", args=(found.appeal.pk,)),
        "lesson_title": found.appeal.session.lesson.title,
    }
