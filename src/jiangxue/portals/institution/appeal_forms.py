"""What staff say about an appeal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.learning.rules.appeals import Result, corrected_ms
from jiangxue.portals.reasons import UNSHOWABLE

SECOND_MS, MINUTE_MS = 1_000, 60_000
_WORDS = {
    "required": _("Give the reason."),
    "min_length": _("Give the reason in at least 4 characters."),
    "max_length": _("Say it in at most 1,000 characters."),
    "null_characters_not_allowed": UNSHOWABLE,
}

_NUMBERS = {
    "invalid": _("Write a whole number."),
    "min_value": _("Write a whole number, 0 or more."),
    "max_value": _("At most %(limit_value)d."),
}


class ProposalForm(forms.Form):
    """To correct, by how much and why, or to uphold and why; `after` is how many steps there were when the page was read."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("What you propose"),
        choices=[
            (Result.CORRECTED.value, _("To correct: give time back")),
            (Result.UPHELD.value, _("To uphold: it stays not counted")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=0, max_value=1_440, required=False, error_messages=_NUMBERS
    )
    seconds = forms.IntegerField(label=_("Seconds"), min_value=0, max_value=59, required=False, error_messages=_NUMBERS)
    text = forms.CharField(
        label=_("Reason"), min_length=4, max_length=1_000, widget=forms.Textarea({"rows": 4}), error_messages=_WORDS
    )

    def __init__(self, of_ms: int, data: Mapping[str, str] | None = None, *, after: int = 0) -> None:
        whole = {"minutes": of_ms // MINUTE_MS, "seconds": of_ms % MINUTE_MS // SECOND_MS}
        super().__init__(data, initial={**whole, "after": after})
        self.of_ms = of_ms

    def clean(self) -> dict[str, Any]:
        """Refuse to give back nothing, or more than was refused."""
        said = self.cleaned_data
        if said.get("result") == Result.CORRECTED and not {"minutes", "seconds"} & self.errors.keys():
            wanted_ms = (said.get("minutes") or 0) * MINUTE_MS + (said.get("seconds") or 0) * SECOND_MS
            if not 0 < wanted_ms <= self.of_ms:
                self.add_error("minutes", _("Give back at least a second, and at most what was not counted."))
            said["ms"] = corrected_ms(wanted_ms, self.of_ms)
        return said

    @property
    def ms(self) -> int | None:
        """Return how much is to be given back, None to uphold."""
        ms: int | None = self.cleaned_data.get("ms")
        return ms
