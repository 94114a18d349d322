"""One-time codes to mobile numbers on pages: sending, what is shown of them, and refusals in plain words. Clause M1; decision 0028."""

import re
from datetime import datetime

from django import forms
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangxue.accounts import access
from jiangxue.accounts.errors import (
    AccountRefusal,
    CodeNotSent,
    CodeOver,
    CodeWrong,
    NotAPhone,
    PhoneTaken,
    TooManyAttempts,
)
from jiangxue.accounts.queries.providers import code_sender
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services.codes import is_waited_for, send_code
from jiangxue.audit.services import Actor

_CODE = re.compile(r"[0-9]{6}")


class CodeField(forms.CharField):
    """The code that came to a mobile number; browsers fill it in from the message."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Code from the message"),
            max_length=20,
            widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
            error_messages={
                "required": gettext_lazy("Enter the code."),
                "max_length": gettext_lazy("A code has 6 digits."),
            },
        )


class PhoneField(forms.CharField):
    """A mobile number in any form."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Mobile number"),
            max_length=40,
            widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
            error_messages={"required": gettext_lazy("Enter a mobile number.")},
        )


def sent_code(request: HttpRequest, purpose: CodePurpose, phone: str, *, by: Actor, now: datetime) -> dict[str, str]:
    """Send a code, or go on with the one that still holds, and return what the next page shows of it.

    Raises what `send_code` raises, and `TooManyAttempts` only where no code holds any more.
    """
    try:
        sent = send_code(purpose=purpose, phone=phone, by=by, now=now, chance=access.CHANCE)
    except TooManyAttempts as refusal:
        if not is_waited_for(purpose=purpose, phone=phone, now=now):
            raise
        return {**shown_again(request), "again_at": _time(refusal.until)}
    return {"shown_code": sent.shown}


def shown_again(request: HttpRequest) -> dict[str, str]:
    """Return the code that the page before showed, which only one of a demonstration does; it is kept nowhere but on the page."""
    sender, shown = code_sender(), request.POST.get("shown_code", "")
    is_to_show = sender is not None and sender.is_demonstration and _CODE.fullmatch(shown)
    return {"shown_code": shown if is_to_show else ""}


def code_refused(refusal: AccountRefusal) -> tuple[str | None, str]:
    """Return the field and the words of a refusal about a number or its code; an unknown one is a fault of ours and is raised again."""
    match refusal:
        case NotAPhone():
            return "phone", _("A mobile number has 11 digits and begins with 13 to 19. Please check it.")
        case PhoneTaken():
            return "phone", _("Another account uses this number. Check it, or ask your head teacher.")
        case CodeWrong(left=left):
            return "code", _wrong_said(left)
        case CodeOver():
            return "code", _("This code holds no longer. Please send a new one.")
        case CodeNotSent():
            return None, _("The message could not be sent. Please try again in a while.")
        case TooManyAttempts(until=until):
            return None, _("This was tried too often. Please try again after %(until)s.") % {"until": _time(until)}
        case _:
            raise refusal


def _wrong_said(left: int) -> str:
    if not left:
        return _("The code is not right, and was wrong 5 times. Please send a new one.")
    text = ngettext(
        "The code is not right. You can try once more.", "The code is not right. You can try %(left)d more times.", left
    )
    return text % {"left": left}


def status_of(refusal: AccountRefusal) -> int:
    """Return the status of a page that says a refusal."""
    if isinstance(refusal, TooManyAttempts):
        return 429
    return 503 if isinstance(refusal, CodeNotSent) else 400


def _time(at: datetime) -> str:
    """Say a moment of today by its time alone: it is seconds or minutes away, and a date beside it only takes longer to read."""
    moment, today = localtime(at), localtime(access.now()).date()
    return moment.strftime("%H:%M:%S" if moment.date() == today else "%m-%d %H:%M:%S")
