"""The forms of a page, filled in as somebody would to whom it belongs."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.walk.sides import Side

_NOT_SENT = {"submit", "button", "reset", "image"}


@dataclass
class Form:
    """A form: where it goes, by which method, and what its fields may hold; `offered` are the values of its choices."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def filled(self, side: Side) -> dict[str, object]:
        """Return everything that is sent: what stands there, the first of each choice, and words of the side where nothing stands."""
        sent: dict[str, object] = {}
        for name, kind in self.kinds.items():
            values = [each for each in self.values.get(name, []) if each]
            offered = [each for each in self.offered.get(name, []) if each]
            sent[name] = values or offered[:1] or _word(kind, side)
        return {name: value for name, value in sent.items() if value != [] and name != "csrfmiddlewaretoken"}


def _word(kind: str, side: Side) -> object:
    today = side.clock.now().date().isoformat()
    words: dict[str, object] = {
        "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
        "date": today,
        "datetime-local": f"{today}T09:00",
        "time": "09:00",
        "number": "1",
        "password": "Jiangxue2026",
    }
    return words.get(kind, [] if kind in {"hidden", "select"} else "说明情况，请予核实办理。")


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.at, self.found = at, list[Form]()
        self._form: Form | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(urljoin(self.at, said.get("action", "")), said.get("method", "get").lower())
            self.found.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, said)

    def _field(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "option" and self._select:
            form.offered.setdefault(self._select, []).append(said.get("value", ""))
            if "selected" in said:
                form.values.setdefault(self._select, []).append(said.get("value", ""))
        elif name and tag == "select":
            self._select = name
            form.kinds[name] = "select"
        elif name and tag == "textarea":
            self._area = name
            form.kinds[name] = "textarea"
        elif name and tag == "button":
            form.kinds.setdefault(name, "hidden")
            form.offered.setdefault(name, []).append(said.get("value", ""))
        elif name and tag == "input" and kind not in _NOT_SENT:
            self._input(form, name, kind, said)

    def _input(self, form: Form, name: str, kind: str, said: dict[str, str]) -> None:
        form.kinds.setdefault(name, kind)
        if kind in {"checkbox", "radio"}:
            form.offered.setdefault(name, []).append(said.get("value", "on"))
            if "checked" not in said:
                return
        if kind != "file" and "value" in said:
            form.values.setdefault(name, []).append(said["value"])

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._area and data.strip():
            self._form.values.setdefault(self._area, []).append(data.strip("\r\n"))

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area
        self._form = None if tag == "form" else self._form


def forms_of(page: str, at: str) -> list[Form]:
    """Return the forms of a page that lies at an address."""
    reader = _Reader(at)
    reader.feed(page)
    return reader.found
