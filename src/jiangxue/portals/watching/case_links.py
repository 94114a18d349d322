"""Where a supervisor opens a case about one who is or was in a class, from whatever page shows a reason for it. Clause M6."""

from urllib.parse import urlencode

from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.portals.case_words import STATES, days_said, number_said, result_said
from jiangxue.supervision.queries.cases import Filed, cases_of_place


def new_case_url(place: Place, source: str, ref: str = "") -> str:
    """Return the address of the form; `source` says from which page, `ref` from what there."""
    asked = urlencode({"from": source, **({"ref": ref} if ref else {})})
    return f"{reverse('regulator:new_case', args=(place.training_class_id, place.pk))}?{asked}"


def cases_about(request: SignedRequest, place: Place) -> dict[str, object]:
    """Return the cases about a place that the viewer may see, and for a supervisor where another one is opened."""
    assert request.resolver_match is not None
    portal = request.resolver_match.app_name
    may_open = request.viewer.role is Role.SUPERVISOR and place.erased_at is None
    return {
        "place_cases": [_line(filed, portal) for filed in cases_of_place(request.viewer, place.pk)],
        "new_case_url": new_case_url(place, "learner") if may_open else "",
    }


def _line(filed: Filed, portal: str) -> dict[str, object]:
    case, decision = filed.case, filed.decision
    return {
        "url": reverse(f"{portal}:case", args=(case.pk,)),
        "number": number_said(case.serial, learning_day(case.opened_at)),
        "days": days_said(case.freeze.first_day, case.freeze.last_day),
        "said": result_said(decision.result, decision.days) if decision else STATES[filed.state],
    }
