"""The field for a picture that somebody sends: read within bounds, and written anew. Clauses M2, M6."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.learning.errors import NoPicture, PicturesWait, PictureTooLarge
from jiangxue.learning.services.pictures import MOST_BYTES, written_anew


class PictureField(forms.FileField):
    """An optional picture; what it is cleaned to is the picture written anew, or None."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (those of any field)
        widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp"})
        super().__init__(required=False, allow_empty_file=True, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> bytes | None:  # noqa: ANN401  (as Django's)
        """Write the picture anew, or say why it cannot be taken."""
        sent = super().clean(data, initial)
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
