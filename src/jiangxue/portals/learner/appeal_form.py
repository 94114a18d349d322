"""What a learner says and shows when appealing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.learning.errors import NoPicture, PicturesWait, PictureTooLarge
from jiangxue.learning.rules.appeals import LONGEST_TEXT, SHORTEST_TEXT
from jiangxue.learning.services.pictures import MOST_BYTES, written_anew


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
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("For example a screenshot: JPEG, PNG or WebP, at most 8 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_picture(self) -> bytes | None:
        """Write the picture anew, or say why it cannot be taken."""
        sent: Any = self.cleaned_data["picture"]
        if not sent:
            return None
        if not sent.size:
            raise forms.ValidationError(_("The file is empty. Choose the picture again."))
        try:
            if sent.size > MOST_BYTES:
                raise PictureTooLarge
            return written_anew(sent.read())
        except PictureTooLarge:
            raise forms.ValidationError(
                _("The picture is too large: at most 8 MB. Send a screenshot or a smaller picture.")
            ) from None
        except PicturesWait:
            raise forms.ValidationError(
                _("Many pictures are being sent at the moment. Choose yours again and send it in a minute.")
            ) from None
        except NoPicture:
            raise forms.ValidationError(
                _("This file cannot be read as a picture. Send a whole JPEG, PNG or WebP picture.")
            ) from None
