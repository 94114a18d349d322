"""Identity confirmed by staff, in words: for the class's pages, the learner and the archive."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.rules.identity import Document, How, IdentityState

STATES: dict[IdentityState, str | Promise] = {
    IdentityState.TO_STATE: _("to be confirmed by a teacher"),
    IdentityState.TO_REVIEW: _("waits for the second signature"),
    IdentityState.CONFIRMED: _("confirmed by two persons"),
    IdentityState.NOT_CONFIRMED: _("not confirmed; the day is not recognised"),
}
HOW: dict[How, str | Promise] = {How.ON_SITE: _("on site"), How.VIDEO: _("by video call")}
DOCUMENTS: dict[Document, str | Promise] = {
    Document.CARD: _("identity card compared"),
    Document.OTHER: _("other document with a photograph compared"),
    Document.KNOWN: _("known in person"),
}


def seen_said(how: str, seen_at: datetime | None, document: str, stated_at: datetime) -> str:
    """Say what a statement states, in one line, and when it was made long after; without a time nobody was seen."""
    if seen_at is None:
        return gettext("could not confirm who learned")
    said = gettext("saw the learner %(how)s at %(time)s, %(document)s") % {
        "how": HOW[How(how)],
        "time": seen_at.astimezone(LEARNING_ZONE).strftime("%H:%M"),
        "document": DOCUMENTS[Document(document)],
    }
    late = (stated_at - seen_at).days
    return f"{said} · {gettext('entered %(days)d days later') % {'days': late}}" if late else said
