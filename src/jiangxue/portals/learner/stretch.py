"""The page of one stretch: what happened, by which rule, and what can be done. Clauses T1.3, T2.1, M6."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import NoSuchStretch
from jiangxue.learning.queries.appeals import appeal_over
from jiangxue.learning.queries.checks import own_checks_on
from jiangxue.learning.queries.stretches import FoundStretch, left_to_people, stretch_of_learner
from jiangxue.learning.rules.appeals import is_appealable
from jiangxue.portals.explaining import ADVICE, explained
from jiangxue.portals.learner.shown import day_url, known_day, known_id, stretch_url
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.ui.checks import marks_of
from jiangxue.ui.minute_bar import part_of

_LEFT_TO_PEOPLE = _(
    "The face check after it was not clear. Your head teacher looks at it within three working days; nothing is taken meanwhile, and there is nothing for you to do."
)


@for_roles(Role.LEARNER)
@require_safe
@up_to_date
@check_first
def show(request: SignedRequest, day: str, session_id: str, start_ms: int) -> HttpResponse:
    """Explain one of the viewer's own stretches."""
    found = own_stretch(request, day, session_id, start_ms)
    return render(request, "learner/stretch.html", context_of(request, found))


def own_stretch(request: SignedRequest, day: str, session_id: str, start_ms: int) -> FoundStretch:
    """Return the stretch that an address names; 404 where the viewer has no such."""
    on, session = known_day(day), known_id(session_id)
    if on is None or session is None:
        raise Http404
    try:
        return stretch_of_learner(request.viewer, on, session, start_ms)
    except NoSuchStretch:
        raise Http404 from None


def context_of(request: SignedRequest, found: FoundStretch) -> dict[str, object]:
    """Return what the pages of a stretch show."""
    stretch = found.stretch
    before = appeal_over(found.session, stretch.start_ms, stretch.end_ms)
    return {
        "stretch": explained(found.session, stretch),
        "advice": _LEFT_TO_PEOPLE if is_left_to_people(found) else ADVICE[stretch.kind],
        "around": found.share.stretches,
        "line": part_of(found.share.stretches, stretch.start_ms, stretch.end_ms),
        "marks": marks_of(own_checks_on(request.viewer, found.day), found.share.stretches),
        "day": found.day,
        "day_url": day_url(found.day),
        "records_url": reverse("learner:records"),
        "stretch_url": stretch_url(found.day, found.session.pk, stretch.start_ms),
        "appeal_url": reverse("learner:appeal", args=(before.pk,)) if before else "",
        **_way_to_appeal(found, appealed=before is not None, on=found.day),
    }


def is_left_to_people(found: FoundStretch) -> bool:
    """Say whether people decide about a stretch, because of a face check that was not clear."""
    is_provisional = found.stretch.reason is None and not found.stretch.confirmed
    return is_provisional and left_to_people(found.session, found.stretch) is not None


def _way_to_appeal(found: FoundStretch, *, appealed: bool, on: date) -> dict[str, object]:
    """Say whether the stretch can be appealed now, or after its session has ended."""
    stretch = found.stretch
    may = is_appealable(stretch) and not appealed
    ended = found.session.closed_at is not None
    args = (on.isoformat(), found.session.pk.hex, stretch.start_ms)
    return {
        "new_appeal_url": reverse("learner:new_appeal", args=args) if may and ended else "",
        "appeal_later": may and not ended,
    }
