"""Which fonts the pages of a PDF only name: those are drawn with another font, here and everywhere. Only in the caged process."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_STANDARD = frozenset({"Times", "Helvetica", "Courier", "Symbol", "ZapfDingbats"})
_DEEPEST = 8


def fonts_only_named(source: Path) -> dict[int, tuple[str, ...]]:
    """Return, by number of page, the fonts that are not in the file; the fourteen standard fonts every reader has."""
    try:
        with pikepdf.open(source) as pdf:
            found = {
                number: tuple(sorted({name for font in _fonts(page.resources, _DEEPEST) for name in _only_named(font)}))
                for number, page in enumerate(pdf.pages, 1)
            }
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
        return {}  # the report tells less; whether the pages can be drawn is not asked here
    return {number: names for number, names in found.items() if names}


def _fonts(resources: pikepdf.Object | None, deepest: int) -> Iterator[pikepdf.Object]:
    """Yield the fonts that a page or a form on it may use."""
    if not isinstance(resources, pikepdf.Dictionary) or deepest == 0:
        return
    yield from _values(resources.get("/Font"))
    for form in _values(resources.get("/XObject")):
        if str(form.get("/Subtype", "")) == "/Form":
            yield from _fonts(form.get("/Resources"), deepest - 1)


def _values(dictionary: pikepdf.Object | None) -> list[pikepdf.Object]:
    return [value for _, value in dictionary.items()] if isinstance(dictionary, pikepdf.Dictionary) else []


def _only_named(font: pikepdf.Object) -> Iterator[str]:
    kind = str(font.get("/Subtype", ""))
    if kind == "/Type3":
        return  # its letters are drawings in the file
    inner = font.get("/DescendantFonts")
    bearer = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else font
    descriptor = bearer.get("/FontDescriptor")
    if isinstance(descriptor, pikepdf.Dictionary) and any(file in descriptor for file in _FILES):
        return
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    if name.partition("-")[0].partition("+")[0] not in _STANDARD:
        yield name
