"""What templates may not hold, because the content security policy refuses it in the browser."""

import re
from pathlib import Path

import pytest

from tests.repository.sources import files, name_of, text_of

_COMMENT = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
_INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<script[^>]*>\s*[^\s<]", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}


def inline_in(html: str) -> list[str]:
    """Return what a template holds and may not."""
    plain = _COMMENT.sub("", html)
    return [name for name, pattern in _INLINE.items() if pattern.search(plain)]


@pytest.mark.parametrize("path", files(".html", below=("src",)), ids=name_of)
def test_a_template_holds_neither_script_nor_style(path: Path) -> None:
    assert not inline_in(text_of(path))


@pytest.mark.parametrize(
    "html",
    [
        "<script>let x = 1</script>",
        '<script type="module">let x = 1</script>',
        '<script src="/a.js">let x = 1</script>',
        "<style>a{}</style>",
        '<p class="a" style="color: red">',
        '<button\n onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_the_check_knows_script_and_style_when_it_sees_them(html: str) -> None:
    assert inline_in(html)


def test_the_check_lets_files_and_comments_pass() -> None:
    assert not inline_in('<script src="/a.js" type="module"></script>{# <style> #}<p data-on="1" class="style">')
