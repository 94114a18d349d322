"""Ways by which a client reaches the server: Django's test client and the hot path in this process, or HTTP."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any

from django.test import Client

from tests.attacks.client import Post
from tests.hot.harness import Harness

PATIENCE_S = 8


def post_through(client: Client, hot: Harness | None = None) -> Post:
    """Return a `post` that sends beats to the hot path and everything else to Django."""

    def post(url: str, body: dict[str, Any]) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        if url == "/beat":
            assert hot, "this test has no hot path"
            return hot.ask(json.dumps(body).encode())
        response = client.post(url, json.dumps(body), content_type="application/json")
        is_json = response.headers["Content-Type"].startswith("application/json")
        return response.status_code, response.json() if is_json else {}, {}

    return post


class Browser:
    """Keeps cookies, and sends forms and JSON over HTTP."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    def sign_in(self, login: str, password: str) -> None:
        self._opener.open(f"{self._site}/sign-in/").read()
        form = {"identifier": login, "password": password, "csrfmiddlewaretoken": self._token()}
        self._opener.open(f"{self._site}/sign-in/", urllib.parse.urlencode(form).encode()).read()

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token()}
        request = urllib.request.Request(self._site + path, json.dumps(body).encode(), headers)
        try:
            with self._opener.open(request, timeout=PATIENCE_S) as answer:
                return answer.status, json.load(answer), _lower(answer.headers)
        except urllib.error.HTTPError as refusal:
            return refusal.code, _json(refusal.read()), _lower(refusal.headers)

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self._jar if cookie.name == "csrftoken"), "")


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _json(body: bytes) -> dict[str, Any]:
    """Return an answer's values; a proxy between may answer with a page of its own."""
    try:
        values = json.loads(body)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
