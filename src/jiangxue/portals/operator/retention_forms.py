"""Forms about retention: for how many years archives are kept, and that a list is really to be erased."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jiangxue.archive.rules.retention import LEAST_YEARS, MOST_YEARS
from jiangxue.portals.reasons import reason_field

_YEARS = _("Write a number of years from 5 to 99.")


class YearsForm(forms.Form):
    """How long archives are kept from now on, and why."""

    years = forms.IntegerField(
        label=_("Years"),
        min_value=LEAST_YEARS,
        max_value=MOST_YEARS,
        help_text=_("At least 5: the law allows no fewer."),
        error_messages={"required": _YEARS, "invalid": _YEARS, "min_value": _YEARS, "max_value": _YEARS},
    )
    reason = reason_field()


class ConfirmForm(forms.Form):
    """That so many archives are to be erased for good."""

    understood = forms.BooleanField(error_messages={"required": _("Tick this first: it cannot be undone.")})

    def __init__(self, listed: int, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["understood"].label = ngettext(
            "I confirm that %(count)d archive is erased for good.",
            "I confirm that %(count)d archives are erased for good.",
            listed,
        ) % {"count": listed}
