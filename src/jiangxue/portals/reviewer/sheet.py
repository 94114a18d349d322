"""The sheet of review opinions (审核意见表) of a version, to be printed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware.queries.conformity import pace_of
from jiangxue.courseware.rules.paper_facts import PaperFacts
from jiangxue.courseware.services.papers import PaperFormat, print_review_sheet
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.review_sheet import sheet_steps
from jiangxue.portals.reviewer.queue import LOOKERS
from jiangxue.portals.reviewer.versions import version_of
from jiangxue.typesetting.errors import FontsMissing


@for_roles(*LOOKERS)
@require_safe
def sheet(request: SignedRequest, version_id: int, form: str) -> HttpResponse:
    """Return the sheet as a file."""
    shown = version_of(request, version_id)
    if form not in set(PaperFormat):
        raise Http404
    today = learning_day(request.now)
    facts = PaperFacts(
        institution=shown.course.institution.name,
        today=today,
        version=shown.serial,
        sha256=shown.sha256,
        published_on=learning_day(shown.published_at) if shown.published_at else None,
        pace=pace_of(shown.course, today),
    )
    steps = sheet_steps(shown, request.viewer)
    try:
        printed = print_review_sheet(content=shown.whole, facts=facts, steps=steps, form=PaperFormat(form))
    except FontsMissing:
        messages.warning(request, _("No Chinese font is installed, so no PDF can be made. Please take the Word file."))
        return redirect("reviewer:version", version_id)
    disposition = content_disposition_header(as_attachment=True, filename=printed.name) or "attachment"
    return HttpResponse(printed.body, content_type=printed.media_type, headers={"Content-Disposition": disposition})
