"""The search of a list of applications, kept in the address."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.portals.opening_words import STATES


class OpeningSearch(forms.Form):
    """What to look for by name and state; unbound, and so silent, while the address holds no search."""

    q = forms.CharField(
        label=_("Search by class or course"), required=False, max_length=60, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *STATES.items()])

    def __init__(self, data: Mapping[str, str], *, without: frozenset[OpeningState] = frozenset()) -> None:
        super().__init__(data if data.get("q") or data.get("state") else None)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *((state, label) for state, label in STATES.items() if state not in without)]

    @property
    def wanted(self) -> str:
        """Return what is looked for by name, empty for everything."""
        return str(self.cleaned_data.get("q", "")) if self.is_bound and self.is_valid() else ""

    @property
    def state_wanted(self) -> str:
        """Return the state that is looked for, empty for all."""
        return str(self.cleaned_data.get("state", "")) if self.is_bound and self.is_valid() else ""
