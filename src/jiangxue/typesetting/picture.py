"""A drawn chart becomes a PNG picture: typst sets it under its title, reading the words as data."""

from pathlib import Path

import typst

from jiangxue.typesetting.fonts import fonts_of_papers

_TEMPLATE = Path(__file__).with_name("picture.typ")
_DOTS_PER_INCH = 200


def png_of(svg: str, title: str, note: str, fonts: Path | None = None) -> bytes:
    """Return a drawing with a title above and a note below it as PNG; `FontsMissing` where no Chinese font is here."""
    compiler = typst.Compiler(
        input=str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=fonts_of_papers(fonts),
        ignore_system_fonts=True,
        sys_inputs={"svg": str(svg), "title": title, "note": note},
    )
    made = compiler.compile(format="png", ppi=_DOTS_PER_INCH)
    assert isinstance(made, bytes)  # one page is one picture
    return made
