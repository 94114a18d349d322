"""Our own texts in Markdown as HTML; HTML of their own is escaped."""

import re
from functools import cache

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


_HEADING = re.compile(r"^## ", re.MULTILINE)


@cache
def html_of(text: str, *, level: int) -> SafeString:
    """Return a text that lies in the program as HTML, its headings at a level that fits their page."""
    return SafeString(_MARKDOWN.render(_HEADING.sub("#" * level + " ", text)))
