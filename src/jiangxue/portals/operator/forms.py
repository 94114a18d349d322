"""Filters of the administrators' lists."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _


class OccupationFilter(forms.Form):
    """Which occupations to show; unbound, and so silent, while the address says nothing of it."""

    q = forms.CharField(
        label=_("Search by name or code"), required=False, max_length=60, widget=forms.TextInput({"type": "search"})
    )
    retired = forms.BooleanField(label=_("also retired ones"), required=False)

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data if data.get("q") or data.get("retired") else None)

    @property
    def wanted(self) -> str:
        """Return what is looked for, empty for everything."""
        return str(self.cleaned_data["q"]) if self.is_bound and self.is_valid() else ""

    @property
    def with_retired(self) -> bool:
        """Say whether retired occupations are shown too."""
        return self.is_bound and self.is_valid() and bool(self.cleaned_data["retired"])
