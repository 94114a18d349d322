"""Confirming that it is really the person who signed in, before unmasked data leave: by a code of their phone. Clause M2."""

from django import forms
from django.utils.translation import gettext_lazy

from jiangxue.accounts.access import SignedRequest
from jiangxue.portals.second_factor import refused_code

PROOF = "proof"


def proof_field(*, required: bool) -> forms.CharField:
    """Return the field in which a person proves who they are; it is never shown again."""
    return forms.CharField(
        label=gettext_lazy("Verification code"),
        help_text=gettext_lazy(
            "Of the app on your phone, asked once more, so that nobody else does this at your screen."
        ),
        required=required,
        max_length=30,
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("Enter the six digits that your app shows.")},
    )


def is_confirmed(request: SignedRequest, form: forms.Form) -> bool:
    """Say whether the proof in a form is right; where it is not, the form says so."""
    refused = refused_code(request, str(form.cleaned_data[PROOF]))
    if refused is not None:
        form.add_error(PROOF, refused[0])
    return refused is None
