"""What programs read of the ledger: checkpoint, trust list, proofs and tiles, as plain text or bytes. docs/formats/witness.md; C2SP tlog-tiles."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from jiangxue.ledger.errors import LogDamaged, NoSuchSize
from jiangxue.ledger.queries.published import consistency_text, full_tile, newest_note
from jiangxue.ledger.queries.state import trust_list

PLAIN = "text/plain; charset=utf-8"
_KEPT_S = 5
_YEAR_S = 365 * 24 * 3600


@conditional_page
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Answer with the newest checkpoint and its cosignatures."""
    note = newest_note()
    if note is None:
        return _refused(_("Nothing is signed yet: there is no checkpoint."))
    return _kept_shortly(note)


@conditional_page
@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """Answer with the list of keys that a verifier may trust, as this platform sees it."""
    text = trust_list()
    if text is None:
        return _refused(_("Nothing is signed yet: there is no list of trusted keys."))
    return _kept_shortly(text)


@require_safe
def consistency(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """Answer with the proof that one checkpoint continues another; it never changes."""
    if int(old) > int(new):
        return _refused(_("The first size must not be larger than the second one."))
    try:
        text = consistency_text(int(old), int(new))
    except NoSuchSize as refusal:
        return _refused(_("There is no checkpoint of size %(size)s.") % {"size": refusal})
    except LogDamaged:
        return _refused(_("The proof cannot be made: the ledger does not lead to what was signed."), status=500)
    return _lasting(HttpResponse(text, content_type=PLAIN))


@require_safe
def tile(request: HttpRequest, level: str, number: str) -> HttpResponse:
    """Answer with the 256 hashes of a full tile; it never changes."""
    wanted = int(number.replace("x", "").replace("/", ""))
    if tile_path(wanted) != number:
        return _refused(_("The number of the tile is not written in its one form."))
    hashes = full_tile(int(level), wanted)
    if hashes is None:
        return _refused(_("There is no such full tile."))
    return _lasting(HttpResponse(hashes, content_type="application/octet-stream"))


def tile_path(number: int) -> str:
    """Return a tile's number as C2SP tlog-tiles writes it in an address: x001/x234/067."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])


def _kept_shortly(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type=PLAIN)
    patch_cache_control(response, public=True, max_age=_KEPT_S)
    return response


def _lasting(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, immutable=True, max_age=_YEAR_S)
    return response


def _refused(words: str, *, status: int = 404) -> HttpResponse:
    response = HttpResponse(f"{words}\n", content_type=PLAIN, status=status)
    add_never_cache_headers(response)
    return response
