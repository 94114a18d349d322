"""Captions (字幕) of a film or sound: an editor adds or replaces them on the page of its file. Clause T1.4."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.errors import CaptionFault, NotReady, UnderReview, UnfitCaptions
from jiangxue.courseware.queries import EDITORS
from jiangxue.courseware.rules.captions import MOST_CAPTION_BYTES
from jiangxue.courseware.services.captioning import put_captions
from jiangxue.portals.institution.files import UNDER_REVIEW, shown_again, upload_of
from jiangxue.portals.reports.words import CAPTION_FAULTS


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def captions(request: SignedRequest, upload_id: UUID) -> HttpResponse:
    """Take a file of captions; the page says which line is wrong (400), and that there is nothing to put them under (409)."""
    upload = upload_of(request, upload_id)
    if request.method == "GET":  # a new sign-in leads here
        return redirect("institution:file", upload_id)
    file = request.FILES.get("captions")
    if file is None:
        return shown_again(request, upload, caption_fault=_("Choose a file first."), status=400)
    try:
        put_captions(
            viewer=request.viewer,
            upload_id=upload_id,
            content=file.read(MOST_CAPTION_BYTES + 1),
            by=actor_of(request),
            now=request.now,
        )
    except UnfitCaptions as refusal:
        return shown_again(request, upload, caption_fault=_said(refusal), status=400)
    except UnderReview:
        return shown_again(request, upload, caption_fault=str(UNDER_REVIEW), status=409)
    except NotReady:
        return shown_again(request, upload, caption_fault=_("Only films and sound have captions."), status=409)
    messages.success(request, _("The captions are in place. Play the preview to check them."))
    return redirect("institution:file", upload_id)


def _said(refusal: UnfitCaptions) -> str:
    words = str(CAPTION_FAULTS[CaptionFault(refusal.fault)])
    return _("Line %(line)d: %(words)s") % {"line": refusal.line, "words": words} if refusal.line else words
