"""The search of a region's lists: a part of the region and a name, kept in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.kernel.viewer import Viewer
from jiangxue.organisations.queries import regions
from jiangxue.ui.forms import SearchForm


class RegionForm(SearchForm):
    """A search by name within a part of the viewer's region."""

    region = forms.ChoiceField(label=_("Part of the region"), required=False)

    def __init__(self, viewer: Viewer, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.is_bound = bool(data.get("q") or data.get("region"))
        self.data = data if self.is_bound else {}
        self.fields["region"].choices = [("", _("all")), *((each.code, each.name) for each in regions(viewer))]  # type: ignore[attr-defined]

    @property
    def within(self) -> str:
        """Return the region that is looked in, empty for all; one that is not the viewer's finds nothing to look for."""
        if not self.is_bound or not self.is_valid():
            return ""
        return str(self.cleaned_data.get("region") or "")
