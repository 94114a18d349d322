"""What staff say about a face check that the machine could not decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.portals.reasons import UNSHOWABLE

_WORDS = {
    "required": _("Say what you go by."),
    "min_length": _("Say it in at least 4 characters."),
    "max_length": _("Say it in at most 1,000 characters."),
    "null_characters_not_allowed": UNSHOWABLE,
}


class WordForm(forms.Form):
    """Somebody's word; `after` is how many steps there were when the page was read."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)


class FirstWordForm(WordForm):
    """That it was the learner, or that it cannot be confirmed, and what that goes by."""

    decision = forms.ChoiceField(
        label=_("Who is it in the pictures?"),
        choices=[
            (ReviewStep.CONFIRMED.value, _("It is the learner: the time before this check counts")),
            (ReviewStep.DOUBTED.value, _("It cannot be confirmed: a second person decides whether the time is void")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    text = forms.CharField(
        label=_("What you go by"),
        min_length=4,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages=_WORDS,
    )


class SecondWordForm(WordForm):
    """To approve the doubt, or to send it back and why."""

    decision = forms.ChoiceField(
        choices=[(ReviewStep.APPROVED.value, "approve"), (ReviewStep.SENT_BACK.value, "send back")]
    )
    text = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for sending back."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages=_WORDS,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to send back without a reason."""
        said = self.cleaned_data
        if said.get("decision") == ReviewStep.SENT_BACK and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say why you send it back."))
        return said
