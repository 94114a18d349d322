"""What pages say of whether somebody is who they are registered as (实名认证). Clause M1; decision 0028."""

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.queries.verification import verification_of
from jiangxue.accounts.rules.verification import Outcome, Verification
from jiangxue.ui.real_name import verification_said

OUTCOMES: dict[Outcome, str | Promise] = {
    Outcome.MATCHED: gettext_lazy("passed"),
    Outcome.NOT_MATCHED: gettext_lazy("not passed"),
    Outcome.UNAVAILABLE: gettext_lazy("no answer"),
}


def real_name_lines(account_id: int) -> dict[str, object]:
    """Return what is known of somebody's identity in words, and whether something is to be done about it."""
    known = verification_of(account_id)
    return {
        "real_name": said_of(known),
        "is_verified": known is not None and known.outcome is Outcome.MATCHED,
        "is_contradicted": known is not None and known.outcome is Outcome.NOT_MATCHED,
    }


def said_of(known: Verification | None) -> str:
    """Say what a source answered, when, and which."""
    if known is None:
        return _("not verified yet")
    if known.outcome is Outcome.UNAVAILABLE:
        return _("{source} has not answered yet; it is asked again by itself").format(source=known.source)
    moment = localtime(known.at).strftime("%Y-%m-%d %H:%M")
    return verification_said(known.source, moment, is_matched=known.outcome is Outcome.MATCHED)
