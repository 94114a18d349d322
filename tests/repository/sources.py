"""The files of the repository that people write, and how the tests here read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
_FOLDERS = ("src", "scripts", "tests", "web")
_NOT_WRITTEN = {"__pycache__", "node_modules", "locale"}


def files(*suffixes: str, below: tuple[str, ...] = _FOLDERS) -> list[Path]:
    """Return the written files with these suffixes below some folders of the repository, in order."""
    found = (path for folder in below for path in (REPOSITORY / folder).rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if path.is_file() and not _NOT_WRITTEN & set(path.parts))


def name_of(path: Path) -> str:
    """Return a file's name as messages show it."""
    return str(path.relative_to(REPOSITORY))


@cache
def text_of(path: Path) -> str:
    """Return a file's text."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(text_of(path), str(path))


def nodes_of[Node: ast.AST](path: Path, *kinds: type[Node]) -> Iterator[Node]:
    """Return the nodes of some kinds in a Python file."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, kinds))


def document(name: str) -> str:
    """Return a page of docs/."""
    return text_of(REPOSITORY / "docs" / name)
