"""Forms of sign-in and of a new password."""

from django import forms
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.models import Account


class SignInForm(forms.Form):
    """Who, and the password; `identifier` takes phone number, identity number or login name in any width."""

    identifier = forms.CharField(
        label=_("Mobile number, identity number or account"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
        error_messages={"required": _("Enter your mobile number, identity number or account.")},
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

    def __init__(self, account: Account, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.account = account

    def clean_old_password(self) -> str:
        """Refuse a wrong present password."""
        old: str = self.cleaned_data["old_password"]
        if not check_password(old, self.account.password):
            raise forms.ValidationError(_("The present password is not right."))
        return old

    def clean_new_password(self) -> str:
        """Refuse a password that breaks the rules."""
        new: str = self.cleaned_data["new_password"]
        validate_password(new, self.account)
        return new

    def clean_new_password_again(self) -> str:
        """Refuse two different new passwords."""
        again: str = self.cleaned_data["new_password_again"]
        if "new_password" in self.cleaned_data and again != self.cleaned_data["new_password"]:
            raise forms.ValidationError(_("The two new passwords differ."))
        return again
