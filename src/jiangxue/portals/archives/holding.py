"""The supervisor's word that an archive is kept whatever its term, and that it is no longer. Clauses T8.1, C5."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.errors import AlreadyHeld, HeldFromAbove, NotAReason, NothingHeld, NotTheRole, RetentionRefusal
from jiangxue.archive.services import retaining
from jiangxue.enrolment.queries import Place
from jiangxue.portals.archives import shown
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.keeping import HoldForm

_SENTENCES: dict[type[RetentionRefusal], tuple[int, str | Promise]] = {
    NotTheRole: (403, gettext_lazy("Only supervisors place a hold on an archive or lift it.")),
    AlreadyHeld: (409, gettext_lazy("Somebody else has placed a hold meanwhile: see below since when and why.")),
    HeldFromAbove: (403, gettext_lazy("This hold was placed for a wider region: only supervisors there lift it.")),
    NothingHeld: (409, gettext_lazy("There is no hold on this archive any more.")),
}


def hold(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Place a hold for a reason."""
    said = gettext_lazy(
        "The archive is held from now on: it is not erased, whatever its term, until the hold is lifted."
    )
    return _done(request, place, archive, retaining.hold, said)


def lift(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """Lift a hold for a reason."""
    said = gettext_lazy("The hold is lifted. From now on the term of the archive counts again.")
    return _done(request, place, archive, retaining.lift, said)


def _done(
    request: SignedRequest, place: Place, archive: Archive, act: Callable[..., object], said: str | Promise
) -> HttpResponse:
    """Do it, or show the page again with the reason that was written and why nothing was done."""
    form = HoldForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        act(place, viewer=request.viewer, reason=reason, by=actor_of(request), now=request.now)
    except NotAReason:
        return shown.page(request, place, archive, form=form, status=400)
    except RetentionRefusal as refusal:
        status, sentence = _SENTENCES[type(refusal)]
        typed = _("You wrote: {reason}").format(reason=reason) if reason else ""
        messages.error(request, f"{sentence} {typed}".strip())
        return shown.page(request, place, archive, status=status)
    messages.success(request, str(said))
    return HttpResponseRedirect(archive.of("archive"))
