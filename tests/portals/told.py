"""What people are told, and where their messages lead them."""

import re

from jiangxue.accounts.models import Account
from jiangxue.notices.models import Notice
from tests.portals.clients import client_of, main_of


def unread(who: Account) -> list[str]:
    """Return the kinds of what somebody has not read, the oldest first."""
    found = Notice.objects.filter(account_id=who.pk, read_at=None).order_by("at", "pk")
    return list(found.values_list("kind", flat=True))


def sentences(who: Account) -> str:
    """Return the page on which somebody's messages stand."""
    return main_of(client_of(who), "/messages/?show=all")


def open_all(who: Account) -> dict[str, str]:
    """Open every message that somebody has not read; return by kind at which address they come out, whose page must be there."""
    found = {}
    for notice in Notice.objects.filter(account_id=who.pk, read_at=None).order_by("pk"):
        page = client_of(who).post(f"/messages/{notice.pk}/open/", follow=True)
        address = page.redirect_chain[-1][0]
        assert (page.status_code, address.startswith("/messages/")) == (200, False), (notice.kind, address)
        found[notice.kind] = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "N", address)
    return found
