"""Writing papers of an organisation down and taking wrong ones off. Clauses C1, Q1 to Q5."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.kernel.clock import learning_day
from jiangxue.organisations import services
from jiangxue.organisations.errors import NoSuchOrganisation, NoSuchPaper
from jiangxue.organisations.models import Organisation
from jiangxue.organisations.queries import file_for, organisation_for, papers_of
from jiangxue.portals.attached_file import given_to_save
from jiangxue.portals.organising.forms import ContactForm, PaperForm
from jiangxue.portals.organising.shown import shown_organisation, shown_paper


def organisation_seen(request: SignedRequest, organisation_id: int | None) -> Organisation:
    """Return the organisation that an address names, the viewer's own where it names none; 404 where it may not be seen."""
    wanted = organisation_id if organisation_id is not None else request.viewer.organisation_id
    try:
        return organisation_for(request.viewer, wanted or 0)
    except NoSuchOrganisation:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedRequest, organisation: Organisation, *, back_url: str) -> HttpResponse:
    """Take a paper; keeps what was typed and says what is wrong (400)."""
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if form.is_valid():
        services.add_paper(
            form.draft(),
            organisation_id=organisation.pk,
            viewer=request.viewer,
            by=actor_of(request),
            now=request.now,
        )
        messages.success(request, _("The paper has been written down."))
        return redirect(back_url)
    context = {
        "organisation": shown_organisation(organisation, learning_day(request.now)),
        "form": form,
        "back_url": back_url,
    }
    return render(request, "organising/new_paper.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_contact(request: SignedRequest, organisation: Organisation, *, back_url: str) -> HttpResponse:
    """Take where an organisation is reached; keeps what was typed and says what is wrong (400)."""
    known = {"address": organisation.address, "contact": organisation.contact, "phone": organisation.telephone}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        services.change_contact(
            organisation.pk, form.told, viewer=request.viewer, by=actor_of(request), now=request.now
        )
        messages.success(request, _("Changed."))
        return redirect(back_url)
    context = {"name": organisation.name, "form": form, "back_url": back_url}
    return render(request, "organising/contact.html", context, status=400 if form.errors else 200)


@require_safe
def give_file(request: SignedRequest, organisation: Organisation, paper_id: int) -> HttpResponse:
    """Give the file of a paper; 404 where there is none."""
    try:
        row, content = file_for(request.viewer, organisation.pk, paper_id)
    except NoSuchPaper:
        raise Http404 from None
    return given_to_save(row.name, content, is_picture=row.is_picture)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedRequest, organisation: Organisation, paper_id: int, *, back_url: str) -> HttpResponse:
    """Say what taking a paper off the list does, and take it off."""
    if request.method != "POST":
        return _ask(request, organisation, paper_id, back_url)
    try:
        services.withdraw_paper(
            paper_id,
            organisation_id=organisation.pk,
            viewer=request.viewer,
            by=actor_of(request),
            now=request.now,
        )
        messages.success(request, _("The paper is no longer on the list."))
    except NoSuchPaper:
        messages.info(request, _("The paper was taken off meanwhile."))
    return redirect(back_url)


def _ask(request: SignedRequest, organisation: Organisation, paper_id: int, back_url: str) -> HttpResponse:
    paper = papers_of(organisation).filter(pk=paper_id).first()
    if paper is None:
        raise Http404
    line = shown_paper(paper, learning_day(request.now))
    context = {"name": organisation.name, "paper": line, "back_url": back_url}
    return render(request, "organising/withdraw_paper.html", context)
