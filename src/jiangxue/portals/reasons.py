"""Asking why, in the same words wherever that is: for an act about retention, and for sending something back; and forms of pages that others have overtaken. Clauses C3, M2."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.archive.services.retaining import LONGEST_REASON

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

UNSHOWABLE = _("The text holds characters that cannot be shown. Please type it again.")


def reason_field(help_text: "str | _StrPromise" = "") -> forms.CharField:
    """Return the field for why something about the retention of archives is done."""
    return forms.CharField(
        label=_("Reason"),
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": _("Write the reason."),
            "max_length": _("Say it in at most %(limit_value)d characters."),
            "null_characters_not_allowed": UNSHOWABLE,
        },
    )


def shown_anew(form: forms.Form, **seen: int) -> None:
    """Let a refused form say what its page shows now, so that it can be sent again from there; what was typed stays."""
    assert isinstance(form.data, QueryDict)  # as a request sends it, with every box that was ticked
    data = form.data.copy()
    for name, value in seen.items():
        data[name] = str(value)
    form.data = data


class SecondPersonForm(forms.Form):
    """What a second person decides, or sends back and why; whoever inherits it says between what is chosen."""

    text = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for sending back."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "max_length": _("Say it in at most 1,000 characters."),
            "null_characters_not_allowed": UNSHOWABLE,
        },
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to send back without a reason."""
        said = self.cleaned_data
        if said.get("decision") == "send_back" and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say why you send it back."))
        return said
