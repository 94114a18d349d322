"""Pages of long lists."""

from collections.abc import Sequence
from typing import cast

from django.core.paginator import Page


def with_lines[Row, Line](page: Page[Row], lines: Sequence[Line]) -> Page[Line]:
    """Return a page of rows as the page of lines that a template shows; numbers and counts stay those of the rows."""
    shown = cast("Page[Line]", page)
    shown.object_list = lines
    return shown
