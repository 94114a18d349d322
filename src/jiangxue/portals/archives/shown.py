"""What the page of an archive shows, and its two acts. Clauses T8.1, T8.2, T1.3 (导出), C5."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.errors import CannotBeGiven, CannotBeGivenYet
from jiangxue.archive.services.giving import ask_for, give_out
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import from_ms, learning_day
from jiangxue.ledger.queries.readiness import Readiness, heads_are_wished, readiness, seen_by
from jiangxue.ledger.queries.state import LogState, log_state
from jiangxue.portals.archives import reading
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.opening import read_or_none

EVERY_MS = 5_000
_NOT_FITTING = gettext_lazy(
    "The archive cannot be given out: the records kept here do not fit what was sealed and signed. Those who look after the ledger have been told."
)


def page(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Show what an archive says, and how far it is proved."""
    context = {
        **archive.context,
        **_board(place, archive),
        **_read(place, archive, request.now),
        "board_url": archive.of("archive_board"),
        "every_ms": EVERY_MS,
    }
    return render(request, "archives/archive.html", context)


def board(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Return the part that fetches itself anew."""
    return render(request, "archives/board.html", _board(place, archive))


def ask(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Ask that the archive be made complete up to now, and go back to its page."""
    ask_for(place, by=actor_of(request), now=request.now)
    return HttpResponseRedirect(archive.of("archive"))


def give(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Send the archive, or go back to its page, which says what is waited for."""
    try:
        content = give_out(place, by=actor_of(request), now=request.now)
    except CannotBeGivenYet:
        messages.warning(request, _("The archive cannot be given out yet: see below what it waits for."))
        return HttpResponseRedirect(archive.of("archive"))
    except CannotBeGiven:
        messages.error(request, _NOT_FITTING)
        return HttpResponseRedirect(archive.of("archive"))
    name = _("archive-{number}-{day}.zip").format(number=str(place.aid)[:8], day=learning_day(request.now).isoformat())
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": disposition or ""})


def _read(place: Place, archive: Archive, now: datetime) -> dict[str, object]:
    """Return what the archive says; where its content does not fit what was sealed, nothing but that."""
    found = read_or_none(place, now)
    return {"is_damaged": True} if found is None else reading.whole(found[1], archive)


def _board(place: Place, archive: Archive) -> dict[str, object]:
    ready, state = readiness(place.aid), log_state()
    return {
        "steps": _steps(ready, state),
        "given": _given(ready),
        "is_current": ready.is_current,
        "is_coming": ready.is_headed or heads_are_wished(),
        "aid": str(place.aid),
        "need": ready.need,
        "ask_url": archive.of("ask_archive"),
        "give_url": archive.of("give_archive"),
        "paper_url": archive.of("print_archive"),
    }


def _given(ready: Readiness) -> dict[str, object] | None:
    """Return what can be given out now; None while nothing can."""
    if ready.heads is None or ready.checkpoint is None:
        return None
    return {
        "complete_until": from_ms(ready.heads.at_ms),
        "size": ready.checkpoint.size,
        "seen_by": [{"title": title, "at": at} for title, at in seen_by(ready.checkpoint)],
    }


def _steps(ready: Readiness, state: LogState) -> list[dict[str, object]]:
    witnessed = max((seen.signed_at for seen in state.witnesses if seen.signed_at), default=None)
    return [
        {
            "label": _("Every record stands in the ledger"),
            "done": ready.is_sealed,
            "note": _("{count} records wait").format(count=ready.waiting) if ready.waiting else "",
        },
        {"label": _("Daily heads show that none is missing"), "done": ready.is_headed, "note": ""},
        {"label": _("The checkpoint is signed"), "done": ready.is_signed, "note": ""},
        {
            "label": _("Witnesses outside the platform have countersigned it"),
            "done": ready.is_current,
            "note": _("needed: {need}").format(need=ready.need) if ready.need else _("none is demanded at present"),
            "at": witnessed,
        },
    ]
