"""The search of a list, kept in the address."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """What to look for by name; unbound, and so silent, while the address holds no search."""

    q = forms.CharField(
        label=_("Search by name"), required=False, max_length=60, widget=forms.TextInput({"type": "search"})
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data if data.get("q") else None)

    @property
    def wanted(self) -> str:
        """Return what is looked for, empty for everything; a NUL, which no name holds, finds nothing to look for."""
        if not self.is_bound or not self.is_valid():
            return ""
        return str(self.cleaned_data["q"])
