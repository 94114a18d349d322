"""Identity confirmed by staff, in words: for the class's pages, the learner and the archive."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
