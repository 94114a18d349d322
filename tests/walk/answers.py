"""Browsers of the people of the world, and what they are answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from django.test import Client

from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.walk.rows import undone
from tests.walk.sides import Side

_DRAWN = re.compile(r'(name="csrfmiddlewaretoken" value=|nonce=|data-csrf=)"[^"]*"')


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, all that is written in it, and the bytes as they came."""

    status: int
    leads_to: str
    text: str
    content: bytes = field(default=b"", compare=False, repr=False)

    def without(self, url: str, keys: Mapping[str, object]) -> "Answer":
        """Return the answer without what was asked, so that two questions can be compared."""
        named = {str(key) for key in keys.values()}
        leads_to = "/".join("<key>" if part in named else part for part in self.leads_to.split("/"))
        return Answer(self.status, _without(leads_to, url), _without(self.text, url))

    def difference(self, other: "Answer") -> str:
        """Return where another answer begins to say something else; empty where it says the same."""
        if self == other:
            return ""
        both = zip(self.leads_to + self.text, other.leads_to + other.text, strict=False)
        at = next((place for place, (one, two) in enumerate(both) if one != two), 0)
        mine, theirs = ((each.leads_to + each.text)[max(0, at - 40) : at + 60] for each in (self, other))
        return f"{self.status} {mine!r} and {other.status} {theirs!r}"


def _without(text: str, url: str) -> str:
    for said in (quote(url, safe=""), quote(url), url):
        text = text.replace(said, "<address>")
    return text


@dataclass
class Walker:
    """Somebody of a side with a browser of their own, or nobody."""

    name: str
    role: Role | None
    client: Client
    session: str = ""

    def get(self, url: str) -> Answer:
        """Look at an address; whatever that does is taken back."""
        with undone():
            return self.look(url)

    def look(self, url: str, data: Mapping[str, object] | None = None) -> Answer:
        """Look at an address, or send a form to it."""
        self.client.cookies.clear()  # what the last answer wanted to say is no part of this one, and a sign-out was taken back
        if self.session:
            self.client.cookies["sessionid"] = self.session
        response = self.client.get(url) if data is None else self.client.post(url, data)
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        text = _DRAWN.sub(r"\1", content.decode("utf-8", "replace"))
        return Answer(response.status_code, response.headers.get("Location", ""), text, content)


def walker(side: Side, who: str) -> Walker:
    """Return one of the people of a side, signed in when the world was made."""
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = side.sessions[who]
    return Walker(f"{side.names.latin}.{who}", people.viewer(side.people[who]).role, client, side.sessions[who])


def signed_in(side: Side) -> None:
    """Let everybody of a side sign in."""
    for who, account in side.people.items():
        client = Client()
        client.force_login(account)
        side.sessions[who] = client.cookies["sessionid"].value


def nobody() -> Walker:
    """Return a browser in which nobody is signed in."""
    return Walker("nobody", None, Client(raise_request_exception=False))
