"""What the page of an archive shows, and its two acts. Clauses T8.1, T8.2, T1.3 (导出), C5."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.errors import CannotBeGiven, CannotBeGivenYet
from jiangxue.archive.services import ask_for, give_out
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import from_ms, learning_day
from jiangxue.ledger.queries.readiness import Readiness, heads_are_wished, readiness, seen_by
from jiangxue.ledger.queries.state import LogState, log_state

EVERY_MS = 5_000
_NOT_FITTING = gettext_lazy(
    "The archive cannot be given out: the records kept here do not fit what was sealed and signed. Those who look after the ledger have been told."
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the page of one archive and its parts lie in the viewer's portal."""

    page: str
    board: str
    ask: str
    give: str


def page(request: SignedRequest, place: Place, where: Addresses, around: dict[str, object]) -> HttpResponse:
    """Show how far an archive is proved, within its page; `around` is what that portal shows around it."""
    context = {**_board(place, where), "board_url": where.board, "every_ms": EVERY_MS, **around}
    return render(request, "archives/archive.html", context)


def board(request: SignedRequest, place: Place, where: Addresses) -> HttpResponse:
    """Return the part that fetches itself anew."""
    return render(request, "archives/board.html", _board(place, where))


def ask(request: SignedRequest, place: Place, where: Addresses) -> HttpResponse:
    """Ask that the archive be made complete up to now, and go back to its page."""
    ask_for(place, by=actor_of(request), now=request.now)
    return HttpResponseRedirect(where.page)


def give(request: SignedRequest, place: Place, where: Addresses) -> HttpResponse:
    """Send the archive, or go back to its page, which says what is waited for."""
    try:
        content = give_out(place, by=actor_of(request), now=request.now)
    except CannotBeGivenYet:
        messages.warning(request, _("The archive cannot be given out yet: see below what it waits for."))
        return HttpResponseRedirect(where.page)
    except CannotBeGiven:
        messages.error(request, _NOT_FITTING)
        return HttpResponseRedirect(where.page)
    name = _("archive-{number}-{day}.zip").format(number=str(place.aid)[:8], day=learning_day(request.now).isoformat())
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": disposition or ""})


def _board(place: Place, where: Addresses) -> dict[str, object]:
    ready, state = readiness(place.aid), log_state()
    return {
        "steps": _steps(ready, state),
        "given": _given(ready),
        "is_current": ready.is_current,
        "is_coming": ready.is_headed or heads_are_wished(),
        "aid": str(place.aid),
        "need": ready.need,
        "ask_url": where.ask,
        "give_url": where.give,
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
