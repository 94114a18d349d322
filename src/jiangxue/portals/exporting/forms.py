"""The forms of exports."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.rules.reasons import LONGEST_REASON
from jiangxue.portals.exporting.confirming import PROOF, proof_field
from jiangxue.portals.exporting.words import STATES
from jiangxue.reporting.rules.exports import Format

MASKED, WHOLE = "masked", "whole"
_FORMATS = {
    Format.XLSX: _("XLSX: for Excel and WPS, with a cover"),
    Format.CSV: _("CSV: plain text, for other programs"),
}
_MASKING = {
    MASKED: _("masked, as on the page"),
    WHOLE: _("not masked: needs a reason and the release by another person of your organisation"),
}
_TOO_LONG = {"max_length": _("Say it in at most %(limit_value)d characters.")}


def _is_said(text: str) -> bool:
    return any(each.isalnum() for each in text)


class ExportForm(forms.Form):
    """Which kind of file, and whether what names people is masked; unmasked it needs a reason and a proof of who asks."""

    format = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[(kind.value, words) for kind, words in _FORMATS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind."), "invalid_choice": _("Choose a kind.")},
    )
    masking = forms.ChoiceField(
        label=_("Names and numbers"),
        choices=list(_MASKING.items()),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("What are unmasked data needed for?"),
        help_text=_("Only for data that are not masked. Write no names or numbers here."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(),
        error_messages=_TOO_LONG,
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, may_be_whole: bool) -> None:
        super().__init__(data, initial={"format": Format.XLSX.value, "masking": MASKED})
        if may_be_whole:
            self.fields[PROOF] = proof_field(required=False)
        else:
            del self.fields["masking"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for what unmasked data need."""
        said = super().clean() or self.cleaned_data
        if not self.is_masked:
            if "reason" not in self.errors and not _is_said(said.get("reason", "")):
                self.add_error("reason", _("Say what they are needed for."))
            if PROOF not in self.errors and not said.get(PROOF):
                self.add_error(PROOF, self.fields[PROOF].error_messages["required"])
        return said

    @property
    def is_masked(self) -> bool:
        """Say whether masked data are asked for."""
        return self.cleaned_data.get("masking") != WHOLE

    @property
    def said_reason(self) -> str:
        """Return the reason, empty for masked data."""
        return "" if self.is_masked else str(self.cleaned_data["reason"])


class ReleaseForm(forms.Form):
    """The second person's proof of who they are."""

    proof = proof_field(required=True)


class RefusalForm(forms.Form):
    """Why unmasked data are not released."""

    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("Who asked for it reads this."),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(),
        error_messages={"required": _("Say why, so that the other person knows what to do."), **_TOO_LONG},
    )

    def clean_reason(self) -> str:
        """Refuse what no letter or digit says."""
        said = str(self.cleaned_data["reason"])
        if not _is_said(said):
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return said


class StateFilter(forms.Form):
    """Which exports are listed; unbound, and so silent, while the address asks for nothing."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *STATES.items()], required=False, widget=forms.Select()
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data if data.get("state") else None)

    @property
    def wanted(self) -> str:
        """Return the state that is asked for, empty for all."""
        return str(self.cleaned_data["state"]) if self.is_bound and self.is_valid() else ""
