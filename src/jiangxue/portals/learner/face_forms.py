"""What pages about faces send: read strictly."""

from typing import Annotated, Literal

import msgspec
from django import forms
from django.http import HttpRequest

from jiangxue.facecheck.queries.ways import Way

type Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]


class Malformed(Exception):
    """A body that is not what the page would send."""


class Begin(msgspec.Struct, forbid_unknown_fields=True):
    """What an attempt that answers no check is for."""

    purpose: Literal["enrol", "trial"]


class OfCheck(msgspec.Struct, forbid_unknown_fields=True):
    """Which check; `attempt` is the page's memory and decides nothing."""

    check: Hex32
    attempt: Hex32 | None = None


class Unavailable(msgspec.Struct, forbid_unknown_fields=True):
    """Which check cannot be made, and why not."""

    check: Hex32
    why: Literal["no_camera", "denied", "in_use", "insecure", "old_browser", "no_service"]


BEGIN = msgspec.json.Decoder(Begin)
OF_CHECK = msgspec.json.Decoder(OfCheck)
UNAVAILABLE = msgspec.json.Decoder(Unavailable)


def read[T](decoder: msgspec.json.Decoder[T], request: HttpRequest) -> T:
    """Return the body of a request, or raise `Malformed`."""
    try:
        return decoder.decode(request.body)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        raise Malformed from None


class WayForm(forms.Form):
    """Which way a learner chooses, after which version of the consent's text."""

    way = forms.ChoiceField(choices=[(way.value, way.value) for way in (Way.FACE, Way.SUPERVISED)])
    version = forms.IntegerField(min_value=1, max_value=1_000)
