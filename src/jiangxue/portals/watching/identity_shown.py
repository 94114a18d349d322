"""What was stated and signed about a day, as pages show it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.models import IdentityStatement
from jiangxue.learning.queries.identity import StaffDay
from jiangxue.learning.rules.identity import Document, How
from jiangxue.portals.identity_words import DOCUMENTS, HOW
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import ROLE_LABELS


def statements_shown(found: StaffDay) -> list[dict[str, object]]:
    """Return every step about a day in order, as ui/appeal_steps.html shows them."""
    return [step for statement in found.statements for step in _steps(statement)]


def _steps(statement: IdentityStatement) -> Iterator[dict[str, object]]:
    yield {
        "name": masked_name(statement.by.name),
        "role_label": _role(statement.role),
        "at": statement.at,
        "act": seen_said(statement),
        "text": statement.text,
    }
    review = getattr(statement, "review", None)
    if review is not None:
        yield {
            "name": masked_name(review.by.name),
            "role_label": _role(review.role),
            "at": review.at,
            "act": _("signs") if review.agrees else _("sends back"),
            "text": review.text,
        }


def seen_said(statement: IdentityStatement) -> str:
    """Say what a statement states, in one line."""
    if not statement.is_seen or statement.seen_at is None:
        return _("could not confirm who learned")
    return _("saw the learner %(how)s at %(time)s, %(document)s") % {
        "how": HOW[How(statement.how)],
        "time": statement.seen_at.astimezone(LEARNING_ZONE).strftime("%H:%M"),
        "document": DOCUMENTS[Document(statement.document)],
    }


def _role(role: str) -> object:
    return next((label for each, label in ROLE_LABELS.items() if each == role), role)
