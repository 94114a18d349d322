"""How faults are caught."""

import ast
from pathlib import Path

import pytest

from tests.repository.sources import files, name_of, nodes_of

_BROAD = {"Exception", "BaseException"}


@pytest.mark.parametrize("path", files(".py", below=("src", "scripts")), ids=name_of)
def test_nobody_catches_every_exception(path: Path) -> None:
    """The linter says so too, but a comment can silence it."""
    broad = [
        handler.lineno
        for handler in nodes_of(path, ast.ExceptHandler)
        if handler.type is None or _BROAD & {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    ]
    assert not broad, f"lines {broad} catch everything; name the refusals that are expected"
