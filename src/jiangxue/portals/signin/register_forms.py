"""What somebody registers with, and what they recover their account by."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.errors import AccountRefusal, NameUnfit, NumberUnfit, TooYoung
from jiangxue.accounts.models import Account
from jiangxue.accounts.queries.consents import text_of
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.rules.corrections import LONGEST_NAME, fit_name
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.number_flaws import NumberFault
from jiangxue.accounts.rules.self_registration import fit_document
from jiangxue.accounts.services.codes import phone_of
from jiangxue.portals.codes import CodeField, PhoneField, code_refused
from jiangxue.portals.number_words import number_flaw_said
from jiangxue.ui.id_types import ID_TYPES

_LARGEST = 32_767


class PasswordTwiceForm(forms.Form):
    """A new password, twice."""

    new_password = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Choose a password.")},
    )
    new_password_again = forms.CharField(
        label=gettext_lazy("New password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Enter the new password again.")},
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, name: str = "") -> None:
        super().__init__(data)
        self.of = Account(name=name)

    def clean_new_password(self) -> str:
        """Refuse a password that breaks the rules."""
        new: str = self.cleaned_data["new_password"]
        validate_password(new, self.of)
        return new

    def clean_new_password_again(self) -> str:
        """Refuse two different new passwords."""
        again: str = self.cleaned_data["new_password_again"]
        if "new_password" in self.cleaned_data and again != self.cleaned_data["new_password"]:
            raise forms.ValidationError(_("The two new passwords differ."))
        return again


class SecretsForm(PasswordTwiceForm):
    """The code and the password: the second page of registering, of which nothing is ever sent back."""

    code = CodeField()
    field_order = ("code", "new_password", "new_password_again")


class RecoverForm(PasswordTwiceForm):
    """The code, the end of the identity number and the new password."""

    code = CodeField()
    number_end = forms.CharField(
        label=gettext_lazy("Last 6 places of the identity number"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the last 6 places of the identity number.")},
    )
    field_order = ("code", "number_end", "new_password", "new_password_again")


class PhoneForm(forms.Form):
    """The mobile number that a code goes to."""

    phone = PhoneField()

    def clean_phone(self) -> str:
        """Refuse what is no mobile number."""
        return _phone(self.cleaned_data["phone"])


class ParticularsForm(forms.Form):
    """Who registers: name, document, mobile number, and what they agree to; nothing is ticked beforehand."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name as your document has it.")},
    )
    id_type = forms.ChoiceField(label=gettext_lazy("Kind of identity document"), choices=list(ID_TYPES.items()))
    id_number = forms.CharField(
        label=gettext_lazy("Number of the document"),
        max_length=40,
        # Not numeric: the keyboards of many phones then have no X.
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the number as your document has it.")},
    )
    phone = PhoneField()
    agree = forms.BooleanField(
        label=gettext_lazy("I have read and agree to the rules of processing"),
        error_messages={"required": gettext_lazy("Please read the rules. Without agreeing you cannot learn here.")},
    )
    keep_phone = forms.BooleanField(
        label=gettext_lazy("Keep my mobile number, for signing in and for a forgotten password"),
        required=False,
    )
    version_processing = forms.IntegerField(min_value=0, max_value=_LARGEST, widget=forms.HiddenInput)
    version_phone = forms.IntegerField(min_value=0, max_value=_LARGEST, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str] | None = None, *, today: date) -> None:
        versions = {f"version_{each}": text_of(each).version for each in (Purpose.PROCESSING, Purpose.PHONE)}
        super().__init__(data, initial=versions)
        self.today = today

    def clean_name(self) -> str:
        """Refuse what cannot be a name."""
        try:
            return fit_name(self.cleaned_data["name"])
        except NameUnfit:
            text = _("This cannot be a name: write letters only, at most %(most)d.") % {"most": LONGEST_NAME}
            raise forms.ValidationError(text) from None

    def clean_id_number(self) -> str:
        """Refuse what cannot be a number of the chosen document, by its place."""
        if "id_type" not in self.cleaned_data:
            return ""
        id_type = IdType(self.cleaned_data["id_type"])
        try:
            return fit_document(id_type, self.cleaned_data["id_number"], self.today)
        except NumberUnfit as flaw:
            raise forms.ValidationError(number_flaw_said(NumberFault(flaw.fault), flaw.at, id_type)) from None
        except TooYoung:
            text = _("Who is under 14 registers with a guardian: please go to your training institution together.")
            raise forms.ValidationError(text) from None

    def clean_phone(self) -> str:
        """Refuse what is no mobile number."""
        return _phone(self.cleaned_data["phone"])

    def agreed(self) -> dict[Purpose, int]:
        """Return the purposes that are agreed to, each with the version of the text on the page."""
        said = self.cleaned_data
        found = {Purpose.PROCESSING: said["version_processing"]}
        return {**found, Purpose.PHONE: said["version_phone"]} if said["keep_phone"] else found


def _phone(typed: str) -> str:
    try:
        return phone_of(typed)
    except AccountRefusal as refusal:
        raise forms.ValidationError(code_refused(refusal)[1]) from None
