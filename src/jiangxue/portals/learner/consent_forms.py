"""What a learner says to the purposes that they are asked for."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.queries.consents import ConsentText
from jiangxue.accounts.rules.consents import Purpose

AGREE, DECLINE = "agree", "decline"
LARGEST = 32_767
_CHOICES = [(AGREE, _("I agree")), (DECLINE, _("I do not agree"))]
_WRONG = {
    "required": _("Choose one of the two; both are fine."),
    "invalid_choice": _("Choose one of the two; both are fine."),
}


class AgreeForm(forms.Form):
    """The required purpose by the button that is pressed, each optional one by a choice of its own that nothing chooses beforehand."""

    said = forms.ChoiceField(choices=_CHOICES)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, texts: Sequence[ConsentText], data: Mapping[str, str] | None = None, *, next_page: str = ""
    ) -> None:
        super().__init__(data, initial={"next": next_page})
        self.texts = texts
        for text in texts:
            self.fields[f"version-{text.purpose}"] = forms.IntegerField(min_value=0, max_value=LARGEST)
            if not text.is_required:
                self.fields[text.purpose] = forms.ChoiceField(
                    label=text.title, choices=_CHOICES, widget=forms.RadioSelect, error_messages=_WRONG
                )

    def clean(self) -> dict[str, object]:
        """Ask for no choices of somebody who does not agree to what everything else stands on."""
        if self.cleaned_data.get("said") == DECLINE:
            for name in [name for name in self.errors if name not in {"said", "next"}]:
                del self.errors[name]
        return self.cleaned_data

    @property
    def is_declined(self) -> bool:
        """Say whether the required purpose was declined."""
        return bool(self.cleaned_data["said"] == DECLINE)

    def version(self, purpose: Purpose) -> int:
        """Return the version of the text that was on the page."""
        return int(self.cleaned_data[f"version-{purpose}"])

    def chosen(self) -> dict[Purpose, bool]:
        """Return whether each purpose on the page was agreed to."""
        return {text.purpose: text.is_required or self.cleaned_data[text.purpose] == AGREE for text in self.texts}

    @property
    def optional(self) -> list[tuple[ConsentText, forms.BoundField]]:
        """Return the optional purposes with their fields."""
        return [(text, self[text.purpose]) for text in self.texts if not text.is_required]


class SaidForm(forms.Form):
    """What is said to one purpose by the button that is pressed, and the version of the text on the page."""

    said = forms.ChoiceField(choices=_CHOICES)
    version = forms.IntegerField(min_value=0, max_value=LARGEST)
