"""Which clauses of the call for platforms the tests prove."""

import ast
import re

import pytest

from tests.repository.sources import document, files, name_of, nodes_of

OF_THE_FIRST_ISSUE = ("T0", "T1.2", "T1.3", "T2.1", "T2.2", "T2.3", "T2.4", "T2.5", "T5", "T11", "M3")
_ROW = re.compile(r"^\| ([A-Z]\d+(?:\.\d+)?) \|.*?\|.*?\| (\w+)", re.MULTILINE)


def _states() -> dict[str, str]:
    """Return each clause that docs/clauses.md lists, with its state."""
    return dict(_ROW.findall(document("clauses.md")))


def _cited() -> dict[str, str]:
    """Return each clause that a marker names, with a file that does so."""
    found = {}
    for path in files(".py", below=("tests",)):
        for call in nodes_of(path, ast.Call):
            if ast.unparse(call.func) == "pytest.mark.clause":
                for argument in call.args:
                    found[str(ast.literal_eval(argument))] = name_of(path)
    return found


def test_every_marker_names_a_clause_that_is_listed() -> None:
    assert not {clause: path for clause, path in _cited().items() if clause not in _states()}


def test_a_clause_that_is_called_proven_has_a_test() -> None:
    proven = {clause for clause, state in _states().items() if state == "proven"}
    assert proven
    assert not proven - set(_cited())


@pytest.mark.parametrize("clause", OF_THE_FIRST_ISSUE)
def test_a_clause_of_the_first_issue_has_a_test(clause: str) -> None:
    assert clause in _cited()
