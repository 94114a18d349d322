"""What may import what."""

import ast
from configparser import ConfigParser
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.repository.sources import REPOSITORY, files, name_of, nodes_of

_CONTRACTS = REPOSITORY / ".importlinter"


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(str(_CONTRACTS), no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_domain_stands_in_every_contract_about_domains() -> None:
    """The contract about packages is exhaustive; the others name domains and could forget one."""
    contracts = ConfigParser()
    contracts.read(_CONTRACTS)
    domains = {f"jiangxue.{path.parent.name}" for path in (REPOSITORY / "src" / "jiangxue").glob("*/queries*")}
    domains |= {f"jiangxue.{path.parent.name}" for path in (REPOSITORY / "src" / "jiangxue").glob("*/models*")}
    own = {f"{domain}.** -> {domain}.**" for domain in domains}
    assert domains == set(contracts["importlinter:inside"]["containers"].split())
    assert own <= set(contracts["importlinter:doors"]["ignore_imports"].splitlines())


@pytest.mark.parametrize("path", files(".py", below=("src/jiangxue/portals", "src/jiangxue/ui")), ids=name_of)
def test_a_page_asks_no_table_itself(path: Path) -> None:
    """Portals may name rows in annotations; whatever they show comes from queries that know the viewer."""
    asked = [node.lineno for node in nodes_of(path, ast.Attribute) if node.attr in {"objects", "_default_manager"}]
    assert not asked, f"lines {asked} ask a table; ask a query of its domain"
