"""The picture in docs/architecture.md is true."""

import ast
import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.repository.evidence import APPEND_ONLY, ERASABLE_LATER
from tests.repository.sources import REPOSITORY, document, files, nodes_of, tree_of


def _started() -> set[str]:
    """Return the names of the children that `make serve` starts; what only measures starts others besides."""
    return {
        _constant(argument, path)
        for path in files(".py", below=("scripts",))
        if path.parent.name == "scripts"
        for call in nodes_of(path, ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id == "Child"
        for argument in [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "name")]
    }


def _constant(node: ast.expr, path: Path) -> str:
    """Return a text that stands there, or the module's constant of that name."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.Name)
    for assignment in tree_of(path).body:
        if isinstance(assignment, ast.Assign) and ast.unparse(assignment.targets[0]) == node.id:
            return str(ast.literal_eval(assignment.value))
    raise AssertionError(f"{node.id} is no constant of {path}")


def _section(title: str) -> str:
    """Return the section of the architecture under a title."""
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", document("architecture.md"), re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/architecture.md needs a section `## {title}`"
    return found[1]


@pytest.mark.clause("T11")
def test_the_picture_names_exactly_the_processes_that_are_started() -> None:
    drawn = re.findall(r"leash ── (\w+)", _section("`make serve`: the processes"))
    assert drawn
    assert set(drawn) == _started()


@pytest.mark.clause("T11")
def test_the_picture_names_every_package_in_the_order_of_layers() -> None:
    listed = re.findall(r"^([a-z][a-z |]*?)(?:  +|$)", _section("Packages").split("```")[1], re.MULTILINE)
    assert [name for line in listed for name in re.findall(r"\w+", line)] == _layers()


def _layers() -> list[str]:
    """Return the packages that exist, top to bottom, as the import contract orders them."""
    contracts = ConfigParser()
    contracts.read(REPOSITORY / ".importlinter")
    made = {path.parent.name for path in (REPOSITORY / "src" / "jiangxue").glob("*/__init__.py")}
    return [name for name in re.findall(r"\w+", contracts["importlinter:packages"]["layers"]) if name in made]


@pytest.mark.parametrize("table", [*APPEND_ONLY, *ERASABLE_LATER])
def test_every_table_that_can_only_be_added_to_stands_among_those(table: str) -> None:
    (line,) = [
        each
        for each in document("architecture.md").splitlines()
        if each.startswith("| ") and "`archive_settlement`" in each
    ]
    assert f"`{table.removesuffix('_default')}`" in line.split("|")[1]
