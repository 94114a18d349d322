"""Printing an archive: the same words as its page, as PDF. Clauses T8.1, T1.3 (导出)."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.services.giving import note_printed
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import learning_day
from jiangxue.ledger.queries.readiness import readiness
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.opening import read_or_none
from jiangxue.portals.archives.paper import Printing, paper_of
from jiangxue.typesetting.errors import FontsMissing
from jiangxue.typesetting.pdf import pdf_of


def give(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Send the archive as PDF, or go back to its page and say why that cannot be."""
    found = read_or_none(place, request.now)
    if found is None:
        return HttpResponseRedirect(archive.of("archive"))
    if found[1].erased:
        messages.info(request, _("The contents of this archive have been erased: there is nothing left to print."))
        return HttpResponseRedirect(archive.of("archive"))
    today = learning_day(request.now)
    printing = Printing(str(place.aid), readiness(place.aid), is_masked=not archive.around.is_own, today=today)
    try:
        content = pdf_of(paper_of(found[1], printing), settings.PAPER_FONTS)
    except FontsMissing:
        messages.error(
            request, _("No Chinese font is installed, so no PDF can be made. Please tell those who run the platform.")
        )
        return HttpResponseRedirect(archive.of("archive"))
    note_printed(place, by=actor_of(request), now=request.now)
    name = _("archive-{number}-{day}.pdf").format(number=str(place.aid)[:8], day=today.isoformat())
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition or ""})
