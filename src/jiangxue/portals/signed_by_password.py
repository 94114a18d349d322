"""Asking for the password once more where somebody signs: an application, an opinion on a course. Clauses M1, C3."""

from django.forms import Form
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.accounts.errors import SignInLocked, WrongCredentials
from jiangxue.accounts.services import confirm_password


def is_signed(request: SignedRequest, form: Form) -> bool:
    """Say whether the password in a valid form is that of whoever asks; else the form says what to do."""
    try:
        confirm_password(request.account, password=form.cleaned_data["password"], by=actor_of(request), now=request.now)
    except WrongCredentials:
        form.add_error("password", _("The password is not right. Nothing has been signed."))
        return False
    except SignInLocked as refusal:
        until = localtime(refusal.until).strftime("%H:%M")
        form.add_error("password", _("Too many wrong passwords. Please try again after %(until)s.") % {"until": until})
        return False
    return True
