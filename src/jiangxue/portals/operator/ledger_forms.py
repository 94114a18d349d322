"""Forms about witnesses: who they are, their answers by mail, and how many an export waits for."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jiangxue.ledger.errors import KeyFault
from jiangxue.ledger.rules.note import NotANote, read_key
from jiangxue.ledger.services.keeping_witnesses import MOST_WITNESSES
from jiangxue.portals.operator.ledger_words import KEY_FAULTS

LONGEST_ANSWER_BYTES = 4096
_PLAIN = re.compile(r"[^?#@\s\x00-\x20\x7f-\U0010ffff]+")
_NO_ADDRESS = _("Write the whole address, beginning with https:// or http://, or leave it empty.")
_TOO_LONG = _("This is longer than %(limit_value)d characters. Please shorten it.")
_UNREADABLE = _("The text holds characters that cannot be shown. Please type it again.")


def check_address(address: str) -> None:
    """Raise `ValidationError` unless a request can be posted below this address; a host without a dot may stand in the local network."""
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        is_whole = False
    if not is_whole or not _PLAIN.fullmatch(address):
        raise ValidationError(_NO_ADDRESS)


class WitnessForm(forms.Form):
    """Title and address of a witness."""

    title = forms.CharField(
        label=_("Name of the witness"),
        max_length=80,
        help_text=_("As people know it, for example the name of the authority. It is shown to everybody."),
        error_messages={
            "required": _("Write the name by which people know the witness."),
            "max_length": _TOO_LONG,
            "null_characters_not_allowed": _UNREADABLE,
        },
    )
    address = forms.CharField(
        label=_("Web address"),
        required=False,
        max_length=300,
        empty_value="",
        widget=forms.URLInput({"placeholder": "https://witness.example.gov.cn"}),
        help_text=_("What stands before /add-checkpoint. Leave it empty for a witness that is asked by mail."),
        error_messages={"max_length": _TOO_LONG, "null_characters_not_allowed": _UNREADABLE},
        validators=[check_address],
    )


class NewWitnessForm(WitnessForm):
    """A witness with its key, which never changes afterwards."""

    verifier_key = forms.CharField(
        label=_("Verifier key"),
        max_length=300,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "The line that the witness's program shows. Compare it with the witness by another way, for example by telephone."
        ),
        error_messages={
            "required": _("Paste the line with the key that you were given by the witness."),
            "max_length": _TOO_LONG,
            "null_characters_not_allowed": _UNREADABLE,
        },
    )
    field_order = ["title", "verifier_key", "address"]

    def clean_verifier_key(self) -> str:
        """Refuse what is no key at once, together with what is wrong elsewhere."""
        key = str(self.cleaned_data["verifier_key"])
        try:
            return str(read_key(key))
        except NotANote:
            raise ValidationError(str(KEY_FAULTS[KeyFault.NOT_A_KEY])) from None


class RequestForm(forms.Form):
    """From which size on a witness is asked by mail."""

    remembered = forms.IntegerField(
        label=_("Size that the witness signed last, if it said so"),
        required=False,
        min_value=0,
        max_value=10**18 - 1,
        help_text=_("Usually empty. Needed when the witness answered that it has signed another size last."),
        error_messages={
            "invalid": _("Write the number that the witness named, or leave it empty."),
            "min_value": _("Write the number that the witness named, or leave it empty."),
            "max_value": _("Write the number that the witness named, or leave it empty."),
        },
    )


class AnswerForm(forms.Form):
    """What a witness has answered, as a file or pasted."""

    file = forms.FileField(label=_("Answer file"), required=False, allow_empty_file=True)
    answer = forms.CharField(
        label=_("or paste the answer"),
        required=False,
        max_length=LONGEST_ANSWER_BYTES,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"max_length": _TOO_LONG, "null_characters_not_allowed": _UNREADABLE},
    )

    def clean(self) -> dict[str, Any]:
        """Take the file where there is one, else what was pasted."""
        held = super().clean() or {}
        file = held.get("file")
        text = text_of(file) if isinstance(file, UploadedFile) else str(held.get("answer") or "")
        if not text.strip() and not self.errors:
            self.add_error("answer", _("Choose the answer file, or paste its line."))
        return {**held, "text": text}


class NeedForm(forms.Form):
    """How many witnesses an export waits for, and why."""

    need = forms.IntegerField(
        label=_("An export waits for so many witnesses"),
        min_value=0,
        max_value=MOST_WITNESSES,
        error_messages={
            name: _("Write a number from 0 to 15.") for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stays in the history."),
        error_messages={
            "required": _("Write why, so that others understand it later."),
            "max_length": _TOO_LONG,
            "null_characters_not_allowed": _UNREADABLE,
        },
    )


def text_of(file: "UploadedFile[bytes]") -> str:
    """Return an answer file as text; PowerShell writes UTF-16, older Chinese programs GB18030. What is larger is too long anyway."""
    content: bytes = file.read(2 * LONGEST_ANSWER_BYTES + 4)
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(coding)
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")
