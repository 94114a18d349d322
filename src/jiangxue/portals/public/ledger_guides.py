"""The guides to verifying and to witnessing, as pages: written in docs/, served with the programs that they explain. Clause T8.2."""

import re
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from jiangxue.portals.public.ledger_files import Download, download
from jiangxue.portals.public.shared import shareable

GUIDES = {"verify": _("How to verify an archive"), "witness": _("How to become a witness")}
_SUFFIX = ".zh.md"
_CHINESE = r"[\u2018-\u201d\u3000-\u9fff\uff00-\uffef]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_CHINESE})\n *(?={_CHINESE})")
_OTHER_LANGUAGE = re.compile(r"^\[English\]\([\w.]+\)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\(([\w./]+\.md)\)")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@shareable
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """Show a guide; 404 where this installation was made without it."""
    file = _file(name)
    if file is None:
        raise Http404
    return render(request, "public/ledger_guide.html", {"title": GUIDES[name], "file": file, "text": _page(file.path)})


def guides() -> list[dict[str, object]]:
    """Return the guides that this installation was made with."""
    return [{"label": label, "url": _url(name)} for name, label in GUIDES.items() if _file(name) is not None]


def _file(name: str) -> Download | None:
    return download(name + _SUFFIX) if name in GUIDES else None


def _url(name: str) -> str:
    return reverse("public_ledger:guide", args=(name,))


@cache
def _page(path: str) -> SafeString:
    return html_of(Path(path).read_text(encoding="utf-8"))


def html_of(text: str) -> SafeString:
    """Return a guide in Markdown as HTML: without its title, with links to what is served here only, and escaping HTML of its own."""
    _title, _, body = text.partition("\n")
    body = _OTHER_LANGUAGE.sub("", body)
    body = _LINK.sub(_link, _BREAK_IN_CHINESE.sub("", body))
    return SafeString(_MARKDOWN.render(body))


def _link(link: re.Match[str]) -> str:
    """Return a link to another document as one to its page here, or to its text, or as its words alone."""
    words, target = link.groups()
    name = target.removesuffix(_SUFFIX)
    if name in GUIDES:
        return f"[{words}]({_url(name)})"
    text = download(target)
    return f"[{words}]({text.url})" if text is not None else str(words)
