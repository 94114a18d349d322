"""One day of an archive. Clauses T1.3, T2.1, T8.1."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.queries import Place
from jiangxue.portals.archives.days import checks_on, day_lines, sessions_on
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.opening import read_or_none


def page(request: SignedRequest, place: Place, archive: Archive, day: str) -> HttpResponse:
    """Show the sessions, stretches and check-ins of one day, read from what is sealed."""
    found = read_or_none(place, request.now)
    if found is None:
        raise Http404
    _, dossier = found
    lines = {line["day"].isoformat(): line for line in day_lines(dossier)}
    if day not in lines:
        raise Http404
    known = list(lines)
    at = known.index(day)
    context = {
        **archive.context,
        "line": lines[day],
        "sessions": sessions_on(dossier, lines[day]["day"]),
        "checks": checks_on(dossier, lines[day]["day"]),
        "earlier_url": archive.of("archive_day", known[at - 1]) if at else "",
        "later_url": archive.of("archive_day", known[at + 1]) if at + 1 < len(known) else "",
    }
    return render(request, "archives/day.html", context)
