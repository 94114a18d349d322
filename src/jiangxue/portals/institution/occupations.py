"""Which occupations match what an editor types, for the field of `occupation_field`."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware.queries import EDITORS
from jiangxue.occupations.models import Occupation
from jiangxue.occupations.queries import occupations
from jiangxue.portals.institution.occupation_field import MOST_MATCHES
from jiangxue.portals.occupation_words import facts_said
from jiangxue.ui.forms import SearchForm


@for_roles(*EDITORS)
@require_safe
def matches(request: SignedRequest) -> HttpResponse:
    """Answer with the best matches for `q`, and whether there are more."""
    wanted = SearchForm(request.GET).wanted
    found = list(occupations(wanted)[: MOST_MATCHES + 1]) if wanted.strip() else []
    lines = [_line(each) for each in found[:MOST_MATCHES]]
    return JsonResponse({"matches": lines, "has_more": len(found) > MOST_MATCHES})


def _line(each: Occupation) -> dict[str, object]:
    return {"code": each.code, "name": each.name, "facts": facts_said(each.row)}
