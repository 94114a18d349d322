"""What a learner says and shows when appealing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.learning.rules.appeals import LONGEST_TEXT, SHORTEST_TEXT
from jiangxue.portals.picture_field import PictureField


class AppealForm(forms.Form):
    """The learner's words, and a picture if they have one; `cleaned_data["picture"]` is the picture written anew, or None."""

    text = forms.CharField(
        label=_("What happened"),
        help_text=_("10 to 1,000 characters: what you did then, and why you think that the time should count."),
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": _("Say what happened."),
            "min_length": _("Say it in at least 10 characters."),
            "max_length": _("Say it in at most 1,000 characters."),
        },
    )
    picture = PictureField(
        label=_("Picture"), help_text=_("For example a screenshot: JPEG, PNG or WebP, at most 8 MB.")
    )
