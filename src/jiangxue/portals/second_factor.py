"""Asking for a code of the authenticator app: what a demonstration shows in its place, and what is said of a wrong one. Clause M3."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.accounts.errors import SecondFactorWrong, SignInLocked
from jiangxue.accounts.queries.second_factor import shown_code
from jiangxue.accounts.services import second_factor


def code_shown(account_id: int, *, now: datetime) -> dict[str, object]:
    """Return the context of ui/code_of_app.html."""
    shown = shown_code(account_id, now=now) if settings.DEMONSTRATION else ""
    return {"is_demonstration": settings.DEMONSTRATION, "shown_code": shown}


def code_refused(refusal: SecondFactorWrong | SignInLocked) -> tuple[str, int]:
    """Return what is said of a code that was not taken, and the status: 400, or 429 where the next one is heard later."""
    if isinstance(refusal, SignInLocked):
        until = localtime(refusal.until).strftime("%H:%M")
        return _("Too many wrong codes. Try again after %(until)s.") % {"until": until}, 429
    return _("The code is not right or was used already. Wait for the next one and enter it."), 400


def refused_code(request: SignedRequest, code: str) -> tuple[str, int] | None:
    """Take a code from who is signed in; return what is said of it and the status where it was not taken."""
    try:
        second_factor.confirm_code(request.account, code=code, by=actor_of(request), now=request.now)
    except (SignInLocked, SecondFactorWrong) as refusal:
        return code_refused(refusal)
    return None
