"""What may import what."""

import ast
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.repository.sources import REPOSITORY, files, name_of, nodes_of

_CONTRACTS = REPOSITORY / ".importlinter"


def test_the_import_contracts_hold() -> None:
    """In a process of its own: the linter configures logging anew, and silences every logger that it finds."""
    linter = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", linter], cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout


def test_every_domain_stands_in_every_contract_about_domains() -> None:
    """The contract about packages is exhaustive; the others name domains and could forget one."""
    contracts = ConfigParser()
    contracts.read(_CONTRACTS)
    domains = {f"jiangxue.{path.parent.name}" for path in (REPOSITORY / "src" / "jiangxue").glob("*/queries*")}
    domains |= {f"jiangxue.{path.parent.name}" for path in (REPOSITORY / "src" / "jiangxue").glob("*/models*")}
    domains |= {f"jiangxue.{path.parent.name}" for path in (REPOSITORY / "src" / "jiangxue").glob("*/rules")}
    own = {f"{domain}.** -> {domain}.**" for domain in domains}
    assert domains == set(contracts["importlinter:inside"]["containers"].split())
    assert own <= set(contracts["importlinter:doors"]["ignore_imports"].splitlines())


@pytest.mark.parametrize("path", files(".py", below=("src/jiangxue/portals", "src/jiangxue/ui")), ids=name_of)
def test_a_page_asks_no_table_itself(path: Path) -> None:
    """Portals may name rows in annotations; whatever they show comes from queries that know the viewer."""
    asked = [node.lineno for node in nodes_of(path, ast.Attribute) if node.attr in {"objects", "_default_manager"}]
    assert not asked, f"lines {asked} ask a table; ask a query of its domain"


@pytest.mark.parametrize("path", files(".py", below=("src/jiangxue_verify",)), ids=name_of)
def test_the_verifier_needs_nothing_but_python(path: Path) -> None:
    """An official runs it on a laptop without installing anything; that it knows no `jiangxue` is among the contracts."""
    assert _packages_of(path) <= sys.stdlib_module_names | {"jiangxue_verify"}


@pytest.mark.parametrize("path", files(".py", below=("src/jiangxue_witness",)), ids=name_of)
def test_the_witness_needs_one_package_and_only_where_it_signs(path: Path) -> None:
    """Whoever watches us should have little to install, and little to trust."""
    allowed = sys.stdlib_module_names | {"jiangxue_verify", "jiangxue_witness"}
    assert _packages_of(path) - allowed <= ({"cryptography"} if path.name == "keys.py" else set())


def _packages_of(path: Path) -> set[str]:
    """Return the names of the packages that a file imports from."""
    whole = {name.name.partition(".")[0] for node in nodes_of(path, ast.Import) for name in node.names}
    return whole | {(node.module or "").partition(".")[0] for node in nodes_of(path, ast.ImportFrom)}
