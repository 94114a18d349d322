"""Handing an application in with the institution's promise, taking it back, giving it up, opening the class. Clauses T7, C5."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.errors import NotPublished
from jiangxue.enrolment.errors import (
    ApplicationChanged,
    NotNow,
    PromiseTextChanged,
    RosterMoved,
    RosterOnItsWay,
    UnfitApplication,
)
from jiangxue.enrolment.queries.opening_facts import needs_approval
from jiangxue.enrolment.queries.openings import Opening, opening_for
from jiangxue.enrolment.queries.promises import text_of
from jiangxue.enrolment.rules.openings import EDITABLE, OpeningState
from jiangxue.enrolment.rules.promises import Party
from jiangxue.enrolment.services.openings import open_approved, submit_opening, take_back_opening, withdraw_opening
from jiangxue.kernel.viewer import Role
from jiangxue.portals.institution.opening_pages.edit import findings_by_part
from jiangxue.portals.institution.opening_pages.frame import APPLICANTS, frame, of_an_opening
from jiangxue.portals.institution.opening_pages.show import WithdrawForm, application_shown, page
from jiangxue.portals.marked_text import html_of
from jiangxue.portals.opening_lines import application_lines
from jiangxue.portals.signed_by_password import is_signed


class SubmitForm(forms.Form):
    """What was seen, by which text is promised, and the password that signs it."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    promise = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text=gettext_lazy("It signs the promise in the name of the institution."),
        error_messages={"required": gettext_lazy("Enter your password to sign.")},
    )


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_opening
def submit(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Show what is handed in and promised, and hand it in: 400 for a wrong password, 409 where something has changed."""
    opening = opening_for(request.viewer, opening_id)
    if opening.state not in EDITABLE:
        raise NotNow
    if request.method != "POST":
        return _submit_page(request, opening)
    form = SubmitForm(request.POST)
    if not form.is_valid() or not is_signed(request, form):
        return _submit_page(request, opening, form, status=400)
    try:
        handed_in = submit_opening(
            viewer=request.viewer,
            opening_id=opening_id,
            seen_sha256=form.cleaned_data["sha256"],
            promise_version=form.cleaned_data["promise"],
            by=actor_of(request),
            now=request.now,
        )
    except (ApplicationChanged, PromiseTextChanged, UnfitApplication):
        return _submit_page(request, opening_for(request.viewer, opening_id), is_late=True, status=409)
    except RosterMoved:
        return _moved(request, opening_id)
    except RosterOnItsWay:
        messages.warning(
            request, _("A file is still being saved on the roster. Please hand the application in when that is done.")
        )
        return redirect("institution:opening_roster_file", opening_id)
    _tell(request, handed_in)
    return redirect("institution:opening", opening_id)


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_POST
@of_an_opening
def take_back(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Take an application that waits for its decision back to change it."""
    take_back_opening(viewer=request.viewer, opening_id=opening_id, by=actor_of(request), now=request.now)
    messages.success(request, _("The application is taken back. Change it, and hand it in again."))
    return redirect("institution:opening", opening_id)


@for_roles(*APPLICANTS)
@require_POST
@of_an_opening
def withdraw(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Give an application up."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return page(request, opening_for(request.viewer, opening_id), form, status=400)
    words = form.cleaned_data["words"]
    withdraw_opening(viewer=request.viewer, opening_id=opening_id, words=words, by=actor_of(request), now=request.now)
    messages.success(
        request, _("The application is withdrawn. What was written stays here to be read; the roster was deleted.")
    )
    return redirect("institution:opening", opening_id)


@for_roles(*APPLICANTS)
@require_POST
@of_an_opening
def open_it(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Open the class of an approved application."""
    try:
        opened = open_approved(viewer=request.viewer, opening_id=opening_id, by=actor_of(request), now=request.now)
    except (UnfitApplication, ApplicationChanged, NotPublished):
        messages.warning(request, _("The class cannot be opened as things stand now. What is in the way stands below."))
        return redirect("institution:opening", opening_id)
    except RosterMoved:
        return _moved(request, opening_id)
    _tell(request, opened)
    return redirect("institution:opening", opening_id)


def _tell(request: SignedRequest, opening: Opening) -> None:
    if opening.state == OpeningState.OPENED:
        messages.success(request, _("The class is open. Everybody on the roster has a place in it."))
    elif opening.state == OpeningState.OPENING:
        messages.info(
            request, _("The class is being opened. You may leave this page; a message tells you when it is open.")
        )
    else:
        messages.success(request, _("The application is handed in and waits for the supervisor of your region."))


def _moved(request: SignedRequest, opening_id: int) -> HttpResponse:
    messages.warning(
        request, _("Somebody of the roster registered at this very moment. Nothing was opened; please try again.")
    )
    return redirect("institution:opening", opening_id)


def _submit_page(
    request: SignedRequest,
    opening: Opening,
    form: SubmitForm | None = None,
    *,
    is_late: bool = False,
    status: int = 200,
) -> HttpResponse:
    text, application = text_of(Party.INSTITUTION), application_shown(request, opening)
    found = [line for lines in findings_by_part(request, opening).values() for line in lines]
    seen = {"sha256": application.sha256 if application else "", "promise": text.version}
    context = {
        **frame(opening),
        "application": application_lines(application) if application else None,
        "blocking": [line for line in found if line["is_blocking"]],
        "hints": [line for line in found if not line["is_blocking"]],
        "needs_approval": needs_approval(opening, request.now),
        "promise": {"title": text.title, "essence": text.essence, "html": html_of(text.rest, level=3)},
        "form": form or SubmitForm(initial=seen),
        "is_late": is_late,
    }
    return render(request, "institution/opening/submit.html", context, status=status)
