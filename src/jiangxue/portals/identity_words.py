"""Identity confirmed by staff, what they say of enrolled faces and arrange for face checks, in words: for the class's pages, the learner and the archive."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxue.facecheck.queries.documents import Compared
from jiangxue.facecheck.rules.documents import Comparison, DocumentSeen
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

COMPARISONS: dict[Comparison, str | Promise] = {
    Comparison.MATCHES: _("same person as the document"),
    Comparison.DIFFERS: _("not the person of the document"),
}
DOCUMENT_SEEN: dict[DocumentSeen, str | Promise] = {
    DocumentSeen.IN_PERSON: _("the document was shown in person"),
    DocumentSeen.VIDEO: _("the document was shown by video call"),
    DocumentSeen.COPY: _("a copy that the institution keeps"),
}
"""How a document was seen with which an enrolled face was compared."""


ALLOWANCES: dict[str, str | Promise] = {
    "without_flash": _("No changing colours"),
    "more_time": _("More time for movements"),
}
"""What may be arranged for somebody's face checks."""


def allowances_said(*, without_flash: bool, more_time: bool) -> str:
    """Name what holds for somebody; empty where nothing does."""
    holds = {"without_flash": without_flash, "more_time": more_time}
    return "、".join(str(ALLOWANCES[name]) for name, is_so in holds.items() if is_so)


def arranged_said(*, without_flash: bool, more_time: bool) -> str:
    """Say what a word on somebody's face checks arranges, in one line."""
    what = allowances_said(without_flash=without_flash, more_time=more_time)
    return (
        gettext("arranges for face checks: %(what)s") % {"what": what}
        if what
        else gettext("takes the arrangement back")
    )


def compared_said(outcome: str, how: str, enrolled_at: datetime) -> str:
    """Say what somebody said of an enrolled face, by which document, and of which enrolment, in one line."""
    return gettext("compared the face enrolled on %(time)s with the identity document: %(result)s (%(how)s)") % {
        "time": enrolled_at.astimezone(LEARNING_ZONE).strftime("%Y-%m-%d %H:%M"),
        "result": COMPARISONS[Comparison(outcome)],
        "how": DOCUMENT_SEEN[DocumentSeen(how)],
    }


def standing_said(compared: Compared | None, *, is_waiting: bool) -> str:
    """Say how somebody's last enrolment stands beside their identity document; empty where nobody has to look and nobody has."""
    if is_waiting:
        return gettext("to be compared")
    if compared is None:
        return ""
    at = compared.at.astimezone(LEARNING_ZONE).strftime("%Y-%m-%d %H:%M")
    return f"{COMPARISONS[Comparison(compared.outcome)]} · {at}"


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
