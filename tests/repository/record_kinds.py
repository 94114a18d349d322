"""The kinds of records that docs/formats/records.md lists, with the members of each."""

import re

from tests.repository.sources import document

_NAME = re.compile(r"`([^`]+)`")
_SHARED = {"(#states)": "States", "(#face-attempts)": "Face attempts", "(#attendance)": "Attendance"}
"""Parts of a section that several kinds speak of, by their links."""


def _section(title: str) -> str:
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", document("formats/records.md"), re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/formats/records.md needs a section `## {title}`"
    return found[1]


def kinds_under(title: str) -> set[str]:
    """Return the kinds in the first table of a section."""
    return set(members_under(title))


def members_under(title: str) -> dict[str, set[str]]:
    """Return each kind in the first table of a section, with all names in code style beside it and in the part of the section that is about it."""
    table, *parts = re.split(r"^### ", _section(title), flags=re.MULTILINE)
    about = {part.split("\n", 1)[0].strip("`"): part for part in parts}
    found: dict[str, set[str]] = {}
    for line in table.splitlines():
        cells = line.strip("|").split(" | ")
        for kind in _NAME.findall(cells[0]) if line.startswith("| `") else ():
            words = " ".join([*cells[2:], about.get(kind, "")])
            words += "".join(about[part] for link, part in _SHARED.items() if link in words)
            found[kind] = {name for code in _NAME.findall(words) for name in re.findall(r"[A-Za-z][A-Za-z0-9_]*", code)}
    return found
