"""Forms of sign-in and of a new password."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.errors import SignInLocked, WrongCredentials
from jiangxue.accounts.models import Account


class SignInForm(forms.Form):
    """Who, and the password; `identifier` takes phone number, identity number or login name in any width."""

    identifier = forms.CharField(
        label=_("Mobile number, number of the document or account"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
        error_messages={"required": _("Enter your mobile number, the number of your document or your account.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}, render_value=False),
        error_messages={"required": _("Enter your password.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class PasswordForm(forms.Form):
    """The old password and twice the new one."""

    old_password = forms.CharField(
        label=_("Present password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    new_password_again = forms.CharField(
        label=_("New password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, confirm: Callable[[str], None], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.account = account
        self.confirm = confirm

    def clean_old_password(self) -> str:
        """Refuse a wrong present password; wrong ones count as at the sign-in, and lock it."""
        old: str = self.cleaned_data["old_password"]
        try:
            self.confirm(old)
        except SignInLocked as refusal:
            until = localtime(refusal.until).strftime("%H:%M")
            text = _("Too many wrong passwords. Try again after %(until)s.") % {"until": until}
            raise forms.ValidationError(text) from None
        except WrongCredentials:
            raise forms.ValidationError(_("The present password is not right.")) from None
        return old

    def clean_new_password(self) -> str:
        """Refuse a password that breaks the rules."""
        new: str = self.cleaned_data["new_password"]
        validate_password(new, self.account)
        if new == self.cleaned_data.get("old_password"):
            raise forms.ValidationError(_("The new password is the present one. Choose another."))
        return new

    def clean_new_password_again(self) -> str:
        """Refuse two different new passwords."""
        again: str = self.cleaned_data["new_password_again"]
        if "new_password" in self.cleaned_data and again != self.cleaned_data["new_password"]:
            raise forms.ValidationError(_("The two new passwords differ."))
        return again
