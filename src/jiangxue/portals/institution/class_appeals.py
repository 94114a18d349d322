"""What a class's page says of appeals and corrections (institution/class_appeals.html)."""

from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.learning.queries.appeals import DECIDERS, open_appeals_in
from jiangxue.learning.queries.corrections import corrections_in
from jiangxue.learning.rules.appeals import USUAL_PERCENT


def class_appeals(request: SignedRequest, class_id: int) -> dict[str, object]:
    """Return the lines about appeals and corrections of a class that the viewer may see."""
    found = corrections_in(request.viewer, class_id)
    return {
        "class_appeals": {
            "waiting": open_appeals_in(request.viewer, class_id),
            "url": reverse("institution:appeals") if request.viewer.role in DECIDERS else "",
            "corrected_ms": found.corrected_ms,
            "beyond_usual": found.is_beyond_usual,
            "usual_percent": USUAL_PERCENT,
        }
    }
