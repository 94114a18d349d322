"""A file that somebody sends with something: a PDF as it is, or a picture that is written anew; and how it is given out again. Clause M2."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from jiangxue.kernel.readable import is_readable
from jiangxue.learning.errors import NoPicture, PicturesWait, PictureTooLarge
from jiangxue.learning.services.pictures import written_anew
from jiangxue.supervision.rules.attachments import MOST_BYTES, is_pdf

ATTACHABLE = "application/pdf,image/jpeg,image/png,image/webp"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was looked at: its name as pages may show it, and what is kept of it."""

    name: str
    content: bytes
    is_picture: bool


def read_attached(file: "UploadedFile[Any]") -> Attached:
    """Return a file that was sent, or raise `ValidationError` with what is wrong with it."""
    name = _name_of(str(file.name or ""))
    if not file.size or file.size > MOST_BYTES:
        raise forms.ValidationError(_("“%(name)s” is empty or larger than 8 MB."), params={"name": name})
    content = file.read()
    if is_pdf(content):
        return Attached(name, content, is_picture=False)
    try:
        return Attached(f"{PurePath(name).stem or name}.webp", written_anew(content), is_picture=True)
    except PicturesWait:
        raise forms.ValidationError(
            _("Many pictures are being sent at the moment. Choose yours again and send it in a minute.")
        ) from None
    except (NoPicture, PictureTooLarge):
        raise forms.ValidationError(
            _("“%(name)s” cannot be read as a PDF or a picture. Save it as PDF and send it again."),
            params={"name": name},
        ) from None


def _name_of(said: str) -> str:
    """Return the last part of a name as pages may show it, shortened in front of its ending."""
    plain = "".join(sign for sign in PurePath(said.replace("\\", "/")).name if is_readable(sign))
    path = PurePath(plain or "file")
    return path.stem[: _LONGEST_NAME - 10] + path.suffix[:9]


def given_to_save(name: str, content: bytes, *, is_picture: bool) -> HttpResponse:
    """Send a file to be saved, never to be shown by the browser in our name."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(content, content_type="image/webp" if is_picture else "application/pdf", headers=headers)


class AttachedFileField(forms.FileField):
    """An optional PDF or picture; what it is cleaned to is the file as it is kept, or None."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (those of any field)
        widget = forms.FileInput({"accept": ATTACHABLE})
        super().__init__(required=False, allow_empty_file=True, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> Attached | None:  # noqa: ANN401  (as Django's)
        """Read the file, or say why it cannot be taken."""
        sent = super().clean(data, initial)
        return read_attached(sent) if sent else None
