"""How long a module and a function may be."""

import ast
from pathlib import Path

import pytest

from tests.repository.sources import files, name_of, nodes_of, text_of

MODULE_LINES = 300
FUNCTION_LINES = 40
_MODULES = [path for path in files(".py", ".ts", ".mjs", ".css", ".html", ".sh") if "migrations" not in path.parts]


@pytest.mark.parametrize("path", _MODULES, ids=name_of)
def test_a_module_says_one_thing_in_at_most_300_lines(path: Path) -> None:
    lines = len(text_of(path).splitlines())
    assert lines <= MODULE_LINES


@pytest.mark.parametrize("path", files(".py"), ids=name_of)
def test_a_function_fits_a_glance_of_40_lines(path: Path) -> None:
    long = [
        f"{function.name}: {length}"
        for function in nodes_of(path, ast.FunctionDef, ast.AsyncFunctionDef)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]
    assert not long
