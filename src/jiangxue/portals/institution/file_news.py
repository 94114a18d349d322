"""The message at the end of long work: said once, on the next page that the author opens."""

from django.contrib import messages
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.courseware.models import Upload
from jiangxue.courseware.services.telling import tell
from jiangxue.portals.institution.file_words import words_of

_MOST = 5


def tell_news(request: SignedRequest) -> None:
    """Say which of the viewer's files are ready, and which are not and why."""
    news = tell(viewer=request.viewer, now=request.now)
    for upload in news[:_MOST]:
        words = words_of(upload)
        if upload.state == Upload.State.READY:
            messages.success(request, _("“%(name)s” is ready: it can be put into the outline.") % {"name": upload.name})
        elif words:
            said = {"name": upload.name, "sentence": words.sentence, "advice": words.advice}
            messages.warning(request, _("“%(name)s” cannot be used. %(sentence)s %(advice)s") % said)
    if len(news) > _MOST:
        messages.info(
            request, _("%(number)d more files have ended; see the list of files.") % {"number": len(news) - _MOST}
        )
