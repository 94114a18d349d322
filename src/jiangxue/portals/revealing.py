"""Asking for the reason before somebody is shown in full, in the same words wherever that is. Clause M2."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.rules.reasons import LONGEST_REASON

OTHER = "other"
_WHY = {
    "check": _("To check who the learner is"),
    "contact": _("To get in touch with the learner"),
    "report": _("To report to or answer an authority"),
    "case": _("To settle an appeal or a complaint"),
    OTHER: _("Another reason"),
}
_ROOM = 40
"""What is left for the chosen words beside what somebody writes."""


class RevealForm(forms.Form):
    """One of the usual reasons, and words of one's own: needed where none of the usual ones is right."""

    why = forms.ChoiceField(
        label=_("Why do you look?"),
        choices=list(_WHY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why."), "invalid_choice": _("Choose why.")},
    )
    detail = forms.CharField(
        label=_("In your own words"),
        help_text=_("Needed for another reason. Write no names or numbers here."),
        required=False,
        max_length=LONGEST_REASON - _ROOM,
        widget=forms.TextInput(),
        error_messages={"max_length": _("Say it in at most %(limit_value)d characters.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse another reason that is not said, or that no letter or digit says."""
        said = self.cleaned_data
        detail = said.get("detail", "")
        if said.get("why") == OTHER and "detail" not in self.errors and not any(each.isalnum() for each in detail):
            self.add_error("detail", _("Say why you look."))
        return said

    @property
    def reason(self) -> str:
        """Return the reason as it is recorded."""
        label, detail = str(_WHY[self.cleaned_data["why"]]), str(self.cleaned_data.get("detail", ""))
        if not detail:
            return label
        return detail if self.cleaned_data["why"] == OTHER else label + gettext(": ") + detail
