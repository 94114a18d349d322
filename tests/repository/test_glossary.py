"""The glossary speaks of this code, not of another."""

import re

from tests.repository.sources import document, files, text_of

_SECTION = re.compile(r"^## (\d)\. .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_FIRST_CELL = re.compile(r"^\| ([^|]*`[^|]*)\|", re.MULTILINE)
_SECTIONS_WITH_NAMES = "123"


def _names() -> list[str]:
    """Return the code names in the first column of the sections that name code."""
    cells = [
        cell
        for section in _SECTION.finditer(document("glossary.md"))
        if section[1] in _SECTIONS_WITH_NAMES
        for cell in _FIRST_CELL.findall(section[0])
    ]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def _words_of_the_code() -> set[str]:
    """Return whole identifiers, and their parts between underscores with neighbours (`reached` occurs in `reached_ms`)."""
    text = "\n".join(text_of(path) for path in files(".py", ".ts", below=("src", "web")))
    words: set[str] = set()
    for word in set(re.findall(r"[A-Za-z_]\w*", text)):
        parts = word.strip("_").split("_")
        words |= {"_".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)}
    return words


def test_every_code_name_of_the_glossary_occurs_in_the_code() -> None:
    words = _words_of_the_code()
    assert not [name for name in _names() if name not in words]


def test_the_glossary_names_the_words_that_everything_turns_on() -> None:
    """So that a table which cannot be read any more does not pass for one without faults."""
    assert {"lease", "session", "segment", "ledger", "by_learner", "hidden"} <= set(_names())


def test_one_english_name_has_one_row() -> None:
    sections = [section[0] for section in _SECTION.finditer(document("glossary.md")) if section[1] == "1"]
    first = [name for cell in _FIRST_CELL.findall("".join(sections)) for name in re.findall(r"`([^`]+)`", cell)]
    assert sorted(first) == sorted(set(first))
