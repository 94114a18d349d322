"""Sending a paper of supervision as PDF."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.typesetting.errors import FontsMissing
from jiangxue.typesetting.pdf import pdf_of
from jiangxue.typesetting.shapes import Paper


def given(request: SignedRequest, paper: Paper, *, name: str, back_url: str, note: Callable[[], None]) -> HttpResponse:
    """Send a paper as PDF and note that it was given, or go back and say why that cannot be."""
    try:
        content = pdf_of(paper, settings.PAPER_FONTS)
    except FontsMissing:
        messages.error(
            request, _("No Chinese font is installed, so no PDF can be made. Please tell those who run the platform.")
        )
        return HttpResponseRedirect(back_url)
    note()
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition or ""})
