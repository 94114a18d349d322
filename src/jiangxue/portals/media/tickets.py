"""The signed, short-lived address of a folder of courseware. Decision 0009."""

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

TICKET_AGE_S = 12 * 3600
_SIGNER = TimestampSigner(salt="jiangxue.media")


class BadTicket(Exception):
    """The ticket is forged or too old."""


def media_url(folder: str, name: str) -> str:
    """Return an address of a file in a folder that holds for 12 hours; relative addresses in playlists stay valid."""
    return reverse("media", args=(_SIGNER.sign(folder.replace("/", "~")), name))


def folder_of(ticket: str) -> str:
    """Return the folder that a ticket opens, or raise `BadTicket`."""
    try:
        return _SIGNER.unsign(ticket, max_age=TICKET_AGE_S).replace("~", "/")
    except BadSignature:
        raise BadTicket from None
