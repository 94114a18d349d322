"""A paper becomes PDF: typst sets it by `paper.typ`, which reads the words as data, so that none of them is ever taken for markup."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import msgspec
import typst

from jiangxue.typesetting.fonts import fonts_of_papers
from jiangxue.typesetting.shapes import Paper

_TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf_of(paper: Paper, fonts: Path | None = None) -> bytes:
    """Return the paper as PDF, the same bytes for the same paper; `FontsMissing` where no Chinese font is here."""
    # What the flow is drawn by is a text of Django's own kind; joined, it is a plain one.
    compiler = typst.Compiler(
        input=str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=fonts_of_papers(fonts),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(msgspec.to_builtins(paper, enc_hook="".join), ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", timestamp=datetime.combine(paper.written_on, time(), UTC))
    assert isinstance(made, bytes)  # a list is made of pictures only
    return made
