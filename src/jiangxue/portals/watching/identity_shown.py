"""What was stated and signed about a day, as pages show it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jiangxue.learning.models import IdentityStatement
from jiangxue.learning.queries.identity import StaffDay
from jiangxue.portals.identity_words import seen_said
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role


def statements_shown(found: StaffDay) -> list[dict[str, object]]:
    """Return every step about a day in order, as ui/appeal_steps.html shows them."""
    return [step for statement in found.statements for step in _steps(statement)]


def _steps(statement: IdentityStatement) -> Iterator[dict[str, object]]:
    yield {
        "name": masked_name(statement.by.name),
        "role_label": recorded_role(statement.role),
        "at": statement.at,
        "act": seen_said(statement.how, statement.seen_at, statement.document, statement.at),
        "text": statement.text,
    }
    review = getattr(statement, "review", None)
    if review is not None:
        yield {
            "name": masked_name(review.by.name),
            "role_label": recorded_role(review.role),
            "at": review.at,
            "act": _("signs") if review.agrees else _("sends back"),
            "text": review.text,
        }
