"""What the second person says about a proposed settlement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SettlementForm(forms.Form):
    """To confirm, or to send back and why; `ordinal` is which proposal the page showed."""

    ordinal = forms.IntegerField(min_value=1, max_value=1_000, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("confirm", "confirm"), ("send_back", "send back")])
    text = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for sending back."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Say it in at most 1,000 characters.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to send back without a reason."""
        said = self.cleaned_data
        if said.get("decision") == "send_back" and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say why you send it back."))
        return said
