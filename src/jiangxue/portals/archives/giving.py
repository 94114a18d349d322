"""Giving an archive out as a file: to the learner for the asking, to others for a reason, because the name is sealed in it. Clauses T8.2, M2, C5."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.errors import CannotBeGiven, CannotBeGivenYet
from jiangxue.archive.services.giving import give_out
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.keeping import is_nameless
from jiangxue.portals.revealing import RevealForm

_NOT_FITTING = gettext_lazy(
    "The archive cannot be given out: the records kept here do not fit what was sealed and signed. Those who look after the ledger have been told."
)


def why(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Ask staff for what they need the file; the learner is not asked."""
    if _is_for_the_asking(place, archive):
        return HttpResponseRedirect(archive.of("archive"))
    return _asked(request, archive, RevealForm())


def give(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Send the archive, or say what is missing or waited for; the reason that was given stays."""
    form = None if _is_for_the_asking(place, archive) else RevealForm(request.POST)
    if form is not None and not form.is_valid():
        return _asked(request, archive, form, status=400)
    try:
        content = give_out(place, by=actor_of(request), now=request.now, reason=form.reason if form else "")
    except CannotBeGivenYet:
        messages.warning(request, _("The archive cannot be given out yet: see below what it waits for."))
        return HttpResponseRedirect(archive.of("archive"))
    except CannotBeGiven:
        messages.error(request, _NOT_FITTING)
        return HttpResponseRedirect(archive.of("archive"))
    name = _("archive-{number}-{day}.zip").format(number=str(place.aid)[:8], day=learning_day(request.now).isoformat())
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": disposition or ""})


def _is_for_the_asking(place: Place, archive: Archive) -> bool:
    return archive.around.is_own or is_nameless(place)


def _asked(request: SignedRequest, archive: Archive, form: RevealForm, *, status: int = 200) -> HttpResponse:
    context = {**archive.context, "form": form, "give_url": archive.of("give_archive")}
    return render(request, "archives/giving.html", context, status=status)
