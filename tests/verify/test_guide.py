"""The guide for officials names what the program says, in its very words."""

import re

import pytest

from jiangxue_verify.sentences import FINDINGS, VERDICTS
from tests.repository.sources import REPOSITORY

_NAMED = (
    "form.container",
    "payloads.commitment",
    "signatures.few",
    "times.entry-late",
    "file.no-archive",
    "file.unreadable",
    "file.not-text",
    "call.wrong",
    "trust.line",
)
"""What an official meets most often."""


@pytest.mark.parametrize(("guide", "place"), [("verify.zh.md", 0), ("verify.md", 1)])
def test_what_the_guide_explains_is_what_the_program_says(guide: str, place: int) -> None:
    text = (REPOSITORY / "docs" / guide).read_text(encoding="utf-8")
    for status, verdict in VERDICTS.items():
        assert f"**{re.split('[:：]', verdict[place])[0]}**" in text, status
    for code in _NAMED:
        said = FINDINGS[code][place].replace("{number}", "n")
        start = re.split(r"[:：({（]", said)[0].removeprefix("this file is ").removeprefix("the file ").strip()
        assert start in text, code
