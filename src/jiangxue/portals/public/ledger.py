"""The public ledger (存证公示): what it proves, what is signed and witnessed, and how anybody verifies an archive. Clauses T1.3, T8.2."""

from base64 import b64encode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.models import Checkpoint
from jiangxue.ledger.queries.published import newest_log_key
from jiangxue.ledger.queries.state import LogState, Seen, log_state
from jiangxue.ledger.rules.note import read_key
from jiangxue.portals.public.ledger_files import VERIFIER, WITNESS, download
from jiangxue.portals.public.ledger_guides import guides
from jiangxue.portals.public.shared import shareable

SHORT = 12


@shareable
def ledger(request: HttpRequest) -> HttpResponse:
    """Show what is signed, who has countersigned it, and how to verify an archive."""
    state = log_state()
    context = {
        "checkpoint": _checkpoint(state.checkpoint) if state.checkpoint else None,
        "witnesses": [_line(seen, state) for seen in state.witnesses if _is_shown(seen)],
        "active_count": len(state.active),
        "need": state.need,
        "witnessed": state.witnessed,
        "verifier": download(VERIFIER),
        "witness_program": download(WITNESS),
        "guides": guides(),
        "log_key": newest_log_key(),
        "checkpoint_url": reverse("public_ledger:checkpoint"),
        "trust_url": reverse("public_ledger:trust"),
    }
    return render(request, "public/ledger.html", context)


def _checkpoint(checkpoint: Checkpoint) -> dict[str, object]:
    root = b64encode(checkpoint.root).decode()
    return {
        "size": checkpoint.size,
        "root": root,
        "short_root": root[:SHORT],
        "signed_at": from_ms(checkpoint.at_ms),
        "origin": checkpoint.note.split("\n", 1)[0],
    }


def _is_shown(seen: Seen) -> bool:
    """Say whether a witness concerns the public: it is asked, or once signed."""
    return seen.witness.retired_at is None or seen.size is not None


def _line(seen: Seen, state: LogState) -> dict[str, object]:
    return {
        "title": seen.witness.title,
        "name": read_key(seen.witness.verifier_key).name,
        "size": seen.size,
        "signed_at": seen.signed_at,
        "behind": max(0, seen.behind(state.checkpoint)),
        "retired_at": seen.witness.retired_at,
    }
