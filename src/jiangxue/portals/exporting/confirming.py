"""Confirming that it is really the person who signed in, before unmasked data leave: one place, so that another proof takes the password's place here."""

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.accounts.errors import SignInLocked, WrongCredentials
from jiangxue.accounts.services import confirm_password

PROOF = "proof"


def proof_field(*, required: bool) -> forms.CharField:
    """Return the field in which a person proves who they are; it is never shown again."""
    return forms.CharField(
        label=gettext_lazy("Your password"),
        help_text=gettext_lazy("Asked once more, so that nobody else does this at your screen."),
        required=required,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(),
        error_messages={"required": gettext_lazy("Please type your password.")},
    )


def is_confirmed(request: SignedRequest, form: forms.Form) -> bool:
    """Say whether the proof in a form is right; where it is not, the form says so."""
    proof = str(form.cleaned_data[PROOF])
    try:
        confirm_password(request.account, password=proof, by=actor_of(request), now=request.now)
    except WrongCredentials:
        form.add_error(PROOF, _("The password is not right. Nothing has been done."))
        return False
    except SignInLocked as refusal:
        until = localtime(refusal.until).strftime("%H:%M")
        form.add_error(PROOF, _("Too many wrong passwords. Please try again after %(until)s.") % {"until": until})
        return False
    return True
