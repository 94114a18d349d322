"""Whom to invite as what, and why a second factor is set up anew."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.errors import NameUnfit, ReasonMissing
from jiangxue.accounts.rules.corrections import LONGEST_NAME, fit_name
from jiangxue.accounts.rules.reasons import LONGEST_REASON, fit_reason
from jiangxue.kernel.viewer import Role
from jiangxue.ui.roles import role_label


class StaffFilter(forms.Form):
    """Whom to show; unbound, and so silent, while the address says nothing of it."""

    q = forms.CharField(
        label=gettext_lazy("Name or account"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"type": "search"}),
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data if data.get("q") else None)

    @property
    def wanted(self) -> str:
        """Return what is looked for, empty for everybody."""
        return str(self.cleaned_data["q"]).strip() if self.is_bound and self.is_valid() else ""


class InvitationForm(forms.Form):
    """The name of a colleague, and what they are to be."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the name of the person.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), error_messages={"required": gettext_lazy("Choose what the person is to be.")}
    )

    def __init__(
        self, roles: Iterable[Role], organisation_id: int | None, data: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data)
        choices = [(role.value, role_label(role, organisation_id)) for role in roles]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices if len(choices) == 1 else [("", _("Please choose")), *choices]

    def clean_name(self) -> str:
        """Refuse what is no name."""
        try:
            return fit_name(self.cleaned_data["name"])
        except NameUnfit:
            raise forms.ValidationError(_("A name has letters and no digits.")) from None


class WhyForm(forms.Form):
    """Why a second factor is set up anew."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It stands in the audit. At most 200 characters."),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )

    def clean_reason(self) -> str:
        """Refuse a reason that says nothing."""
        try:
            return fit_reason(self.cleaned_data["reason"])
        except ReasonMissing:
            raise forms.ValidationError(_("Give the reason.")) from None
