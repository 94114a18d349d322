"""Where a supervisor opens a case about one who is or was in a class, from whatever page shows a reason for it, and which hours are not recognised meanwhile. Clause M6."""

from collections.abc import Collection
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from jiangxue.accounts.access import SignedRequest
from jiangxue.archive.queries.freezes import rulings_of
from jiangxue.archive.rules.freezes import all_kept_out
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.portals.case_words import KEPT_OUT, STATES, days_said, number_said, result_said
from jiangxue.portals.watching.archive import KEEPERS
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


def days_kept_out(
    request: SignedRequest, enrolment_ids: Collection[int], days: Collection[date]
) -> dict[tuple[int, date], str | Promise]:
    """Say on which of some days hours of places are not recognised, and why, to those who may see cases; nothing to others."""
    if request.viewer.role not in KEEPERS:
        return {}
    return {
        (place, day): KEPT_OUT[why]
        for place, rulings in rulings_of(enrolment_ids).items()
        for day, why in all_kept_out(rulings, days).items()
    }


def _line(filed: Filed, portal: str) -> dict[str, object]:
    case, decision = filed.case, filed.decision
    return {
        "url": reverse(f"{portal}:case", args=(case.pk,)),
        "number": number_said(case.serial, learning_day(case.opened_at)),
        "days": days_said(case.freeze.first_day, case.freeze.last_day),
        "said": result_said(decision.result, decision.days) if decision else STATES[filed.state],
    }
