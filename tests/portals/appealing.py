"""How tests of the pages of stretches and appeals find their way about a day's page."""

import re
from io import BytesIO

from django.test import Client
from PIL import Image

from tests.portals.clients import text_of

DAY = "/learn/records/2026-11-24/"


def rows_of(page: str) -> list[str]:
    """Return where the rows of a day's stretches lead."""
    return re.findall(r'class="stretch-link" href="([^"]+)"', page)


def refused_url(client: Client) -> str:
    return next(url for url in rows_of(text_of(client, DAY)) if "<h1>未计入 · 断线" in text_of(client, url))


def new_url(client: Client) -> str:
    return refused_url(client).replace("/learn/records/", "/learn/appeals/new/")


def picture(kind: str = "PNG") -> bytes:
    kept = BytesIO()
    Image.new("RGB", (64, 48), "red").save(kept, kind)
    return kept.getvalue()
