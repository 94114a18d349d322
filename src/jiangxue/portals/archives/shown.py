"""What the page of an archive shows, and how far it is proved. Clauses T8.1, T8.2, T1.3 (导出), C5."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.rules.dossier import Dossier
from jiangxue.archive.services.giving import ask_for
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.queries.readiness import Readiness, heads_are_wished, readiness, seen_by
from jiangxue.ledger.queries.state import LogState, log_state
from jiangxue.portals.archives import reading
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.keeping import HoldForm, is_nameless, kept
from jiangxue.portals.archives.opening import read_or_none

EVERY_MS = 5_000


def page(
    request: SignedRequest, place: Place, archive: Archive, *, form: HoldForm | None = None, status: int = 200
) -> HttpResponse:
    """Show what an archive says, how far it is proved, and how long it is kept; `form` is what a supervisor wrote about that."""
    found = read_or_none(place, request.now)
    dossier = found[1] if found else None
    context = {
        **archive.context,
        **_board(place, archive),
        **kept(request, place, archive, dossier),
        **_read(dossier, archive),
        "hold_form": form or HoldForm(),
        "board_url": archive.of("archive_board"),
        "every_ms": EVERY_MS,
    }
    return render(request, "archives/archive.html", context, status=status)


def board(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Return the part that fetches itself anew."""
    return render(request, "archives/board.html", _board(place, archive))


def ask(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Ask that the archive be made complete up to now, and go back to its page."""
    ask_for(place, by=actor_of(request), now=request.now)
    return HttpResponseRedirect(archive.of("archive"))


def _read(dossier: Dossier | None, archive: Archive) -> dict[str, object]:
    """Return what the archive says; nothing where it does not fit what was sealed, is erased, or is closed to the viewer."""
    if dossier is None:
        return {"is_damaged": True}
    if dossier.erased or archive.around.closed_since:
        records = {"count": dossier.records, "waiting": dossier.waiting, "unread": 0}
        return {"records": records, "records_url": archive.of("archive_records")}
    return reading.whole(dossier, archive)


def _board(place: Place, archive: Archive) -> dict[str, object]:
    ready, state, nameless = readiness(place.aid), log_state(), is_nameless(place)
    return {
        "steps": _steps(ready, state),
        "given": _given(ready),
        "is_current": ready.is_current,
        "is_coming": ready.is_headed or heads_are_wished(),
        "aid": str(place.aid),
        "need": ready.need,
        "ask_url": archive.of("ask_archive"),
        "give_url": archive.of("give_archive"),
        "why_url": "" if archive.around.is_own or nameless else archive.of("why_give_archive"),
        "paper_url": "" if nameless else archive.of("print_archive"),
        "is_nameless": nameless,
        "closed_since": archive.around.closed_since,
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
