"""Our own texts in Markdown as HTML; HTML of their own is escaped."""

from functools import cache

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@cache
def html_of(text: str) -> SafeString:
    """Return a text that lies in the program as HTML, its headings one level down."""
    return SafeString(_MARKDOWN.render(text.replace("\n## ", "\n### ").removeprefix("## ")))
