"""The search of a list of applications, kept in the address."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.kernel.viewer import Viewer
from jiangxue.portals.institution_field import add_institution_field, institution_wanted
from jiangxue.portals.opening_words import STATES


class OpeningSearch(forms.Form):
    """What to look for by name and state; unbound, and so silent, while the address holds no search."""

    q = forms.CharField(
        label=_("Search by class or course"), required=False, max_length=60, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *STATES.items()])

    def __init__(
        self, viewer: Viewer, data: Mapping[str, str], *, without: frozenset[OpeningState] = frozenset()
    ) -> None:
        super().__init__(data if any(data.get(name) for name in ("q", "state", "institution")) else None)
        add_institution_field(self, viewer)
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

    @property
    def institution_wanted(self) -> int | None:
        """Return the institution that is looked for, None for all."""
        return institution_wanted(self)
