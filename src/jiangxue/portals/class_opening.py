"""What the page of a class says of the application from which it came: approval, promises, who pays, and whether training may be subsidised. Clauses C1, C6."""

from collections.abc import Collection

from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.courseware.services.paper_words import fee_said
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries.openings import joined_since_opening, opening_of_class
from jiangxue.enrolment.queries.promises import learners_signed, signed_by_institution, text_by
from jiangxue.enrolment.queries.subsidies import At, of_places
from jiangxue.enrolment.rules.openings import StepKind
from jiangxue.enrolment.rules.promises import Party
from jiangxue.enrolment.rules.subsidies import Eligibility
from jiangxue.kernel.viewer import Role
from jiangxue.portals.marked_text import html_of
from jiangxue.portals.subsidy_words import fee_of, subsidy_said

_PORTALS = {Role.SUPERVISOR: "regulator", Role.INSTITUTION_ADMINISTRATOR: "institution"}


def class_opening(request: SignedRequest, shown: TrainingClass) -> dict[str, object]:
    """Return what the page of a class shows of its opening (ui/opening/of_class.html); nothing for one without an application."""
    found = opening_of_class(shown)
    if found is None:
        return {}
    opening, steps = found
    approved = next((step for step in reversed(steps) if step.kind == StepKind.APPROVED), None)
    return {
        "class_opening": {
            "approval_no": approved.approval_no if approved else "",
            "approved_at": approved.at if approved else None,
            "joined": joined_since_opening(opening, steps),
            "sha256": next(step.sha256 for step in reversed(steps) if step.sha256),
            "url": _address(request, opening.pk, is_head=shown.head_teacher_id == request.viewer.account_id),
            "fee": fee_said(shown.version.whole.facts),
            "learners_signed": learners_signed(shown),
            **_promise(shown),
        }
    }


def learner_terms(shown: TrainingClass, places: Collection[Enrolment]) -> dict[int, dict[str, object]]:
    """Return, by place, who pays and whether the conditions of subsidy fit; nothing for a class without an application."""
    if opening_of_class(shown) is None:
        return {}
    judged, facts = of_places(places, At.of_class(shown)), shown.version.whole.facts
    return {
        place.pk: {
            "fee": fee_of(facts, place.group),
            "subsidy": subsidy_said(judged[place.pk]),
            "fits": judged[place.pk].eligibility is Eligibility.FITS,
        }
        for place in places
    }


def _promise(shown: TrainingClass) -> dict[str, object]:
    signed = signed_by_institution(shown)
    if signed is None:
        return {}
    text = text_by(Party.INSTITUTION, signed.version)
    return {
        "promise": {
            "title": text.title,
            "essence": text.essence,
            "html": html_of(text.rest, level=4),
            "version": signed.version,
            "at": signed.at,
            "by": signed.account.staff_name,
        }
    }


def _address(request: SignedRequest, opening_id: int, *, is_head: bool) -> str:
    """Return the address of the application for those who may see it."""
    portal = _PORTALS.get(
        request.viewer.role, "institution" if is_head and request.viewer.role is Role.HEAD_TEACHER else ""
    )
    return reverse(f"{portal}:opening", args=(opening_id,)) if portal else ""
