"""The search of the list of sensitive words, and the box in which a text is tried."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 5_000


class WordFilter(forms.Form):
    """Which words to show; unbound while the address asks for nothing."""

    q = forms.CharField(
        label=_("Listed word"), required=False, max_length=60, widget=forms.TextInput({"type": "search"})
    )
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, categories: Mapping[str, int], data: QueryDict) -> None:
        super().__init__(data if data.get("q") or data.get("category") else None)
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        named = [(name, f"{name}（{words}）") for name, words in categories.items()]
        field.choices = [("", _("All categories")), *named]

    @property
    def like(self) -> str:
        """Return what is looked for, empty for everything."""
        return str(self.cleaned_data.get("q", "")) if self.is_bound and self.is_valid() else ""

    @property
    def category_chosen(self) -> str:
        """Return the category that is looked for, empty for all."""
        return str(self.cleaned_data.get("category", "")) if self.is_bound and self.is_valid() else ""


class TextForm(forms.Form):
    """A text in which the list's words are to be found."""

    text = forms.CharField(
        label=_("Text to try"),
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("At most 5,000 characters. It is looked at and not kept."),
        error_messages={
            "required": _("Write or paste a text first."),
            "max_length": _("The text is longer than 5,000 characters. Please shorten it."),
            "null_characters_not_allowed": _("The text holds characters that cannot be shown. Please type it again."),
        },
    )
