"""Facts worth a look (异常线索) of a class and a week, each with its evidence. They accuse nobody. Clause M6."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import places_in
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.rules.anomalies import Anomaly, AnomalyKind, Evidence
from jiangxue.portals.watching.case_links import new_case_url
from jiangxue.portals.watching.evidence import line_of
from jiangxue.portals.watching.frame import frame, of_a_class, url_of, week_of, weeks_beside
from jiangxue.portals.watching.others import names_of_others
from jiangxue.ui.anomalies import ANOMALIES

ANOMALIES_A_PAGE = 20
SHOWN_AT_ONCE = 5
EVIDENCE_SHOWN = 60
PEOPLE_SHOWN = 12


@of_a_class
def show(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """List what is worth a look in a week, all of it or of one kind."""
    week = week_of(request)
    found = anomalies(request.viewer, watched.pk, week, request.now)
    kind = request.GET.get("kind", "")
    chosen = [each for each in found if kind in ("", each.kind)]
    page = Paginator(chosen, ANOMALIES_A_PAGE).get_page(request.GET.get("page"))
    places = places_in(request.viewer, watched.pk) if found else {}
    listed = list(page.object_list)
    on = _Page(request, watched, places, names_of_others(request.viewer, watched.pk, listed))
    lines = [_shown(on, each) for each in listed]
    context = {
        **frame(request, watched, "anomalies"),
        "first_day": week.first,
        "last_day": week.last,
        "beside": weeks_beside(request, week, watched.opens_on),
        "to_look_at": sum(not each.is_note for each in found),
        "notes": sum(each.is_note for each in found),
        "kinds": _kinds(found, kind),
        "is_filtered": bool(kind),
        "anomalies": with_lines(page, lines),
    }
    return render(request, "watching/anomalies.html", context)


def _kinds(found: Sequence[Anomaly], chosen: str) -> list[dict[str, object]]:
    """Return the kinds that were found, to choose one from."""
    counts = Counter(each.kind for each in found)
    every: list[dict[str, object]] = [
        {"kind": "", "label": _("All"), "count": len(found), "current": not chosen},
    ]
    return every + [
        {"kind": kind.value, "label": ANOMALIES[kind].label, "count": counts[kind], "current": chosen == kind}
        for kind in AnomalyKind
        if counts[kind]
    ]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the lines of one page need."""

    request: SignedRequest
    watched: TrainingClass
    places: Mapping[int, Enrolment]
    name_of: Callable[[int], str]


def _shown(on: _Page, anomaly: Anomaly) -> dict[str, object]:
    words = ANOMALIES[anomaly.kind]
    lines = [_line(on, anomaly, each) for each in anomaly.evidence[:EVIDENCE_SHOWN]]
    names = [on.places[learner].learner.staff_name for learner in anomaly.learners]
    return {
        "label": words.label,
        "sentence": words.sentence,
        "is_note": anomaly.is_note,
        "names": names[:PEOPLE_SHOWN],
        "cases": _case_links(on, anomaly),
        "people": len(names),
        "first_lines": lines[:SHOWN_AT_ONCE],
        "other_lines": lines[SHOWN_AT_ONCE:],
        "more": max(0, len(anomaly.evidence) - EVIDENCE_SHOWN),
    }


def _case_links(on: _Page, anomaly: Anomaly) -> list[dict[str, object]]:
    """Return where a supervisor opens a case about each of them; nothing for all others."""
    if on.request.viewer.role is not Role.SUPERVISOR:
        return []
    places = [on.places[learner] for learner in anomaly.learners[:PEOPLE_SHOWN]]
    return [
        {"name": place.learner.staff_name, "url": new_case_url(place, "anomaly", anomaly.kind.value)}
        for place in places
    ]


def _line(on: _Page, anomaly: Anomaly, seen: Evidence) -> dict[str, object]:
    line = line_of(anomaly.kind, seen, on.name_of)
    place = on.places[seen.learner]
    return {
        "name": place.learner.staff_name,
        "url": url_of(on.request, "day", on.watched.pk, place.pk, line.day.isoformat()),
        "day": line.day,
        "time": line.time,
        "text": line.text,
    }
