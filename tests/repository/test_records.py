"""Every kind of record that an archive can hold is read, has a name on the pages and stands in docs/formats/records.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiangxue.archive.rules.reading.whole import READERS
from jiangxue.assessment.rules.attempts import Outcome
from jiangxue.courseware.rules.versions import State
from jiangxue.learning.rules.appeals import StepKind
from jiangxue.portals.archives.words import RECORDS
from jiangxue.rating.rules.drafts import Standing
from jiangxue.supervision.rules.cases import StepKind as CaseStepKind
from tests.repository.record_kinds import kinds_under
from tests.repository.sources import REPOSITORY, files, name_of, tree_of

OF_PLACES, OF_COURSES, OF_AUDIT = "Kinds", "Kinds of a course's archive", "Kinds of the audit's archive"
COURSES = {
    "src/jiangxue/courseware/services/versions.py",
    "src/jiangxue/review/services/signing.py",
    "src/jiangxue/review/services/taking_down.py",
}
"""Where events of courses come from: by `append_evidence`, which hands them on to the ledger."""
DAYS = {"src/jiangxue/operations/services/audit_days.py"}
"""Where days of the audit come from."""
HANDED_ON = {("src/jiangxue/courseware/services/versions.py", "append_evidence")}
"""Functions that append whatever kind they are given."""
EXPANDED: dict[str, tuple[str, ...]] = {
    "appeal.{step.kind}": tuple(StepKind),
    "case.{taken.value}": tuple(CaseStepKind),
    "test.{attempt.outcome}": tuple(Outcome),
    "rating.comment_{standing.value}": (Standing.SHOWN, Standing.HIDDEN),
    "version.{state}": (State.WITHDRAWN, State.RETURNED, State.REJECTED),
}
"""What is put together of an enumeration's values. Nobody decides to hold a comment; only these states end a review."""
_SERVICES = re.compile(r"jiangxue\.ledger(\.services(\.appending)?)?")
_APPENDING = {"append", "Event"}

type Function = ast.FunctionDef | ast.AsyncFunctionDef


def _appended(path: Path) -> set[str]:
    """Return every kind that a file appends."""
    names = _ledger_names(path)
    kinds: set[str] = set()
    for function, call in _calls(path):
        if ast.unparse(call.func) in names and (name_of(path), function.name) not in HANDED_ON:
            kinds |= set(_values(_kind_of(call), function, path))
    return kinds


def _ledger_names(path: Path) -> set[str]:
    """Return how a file calls what appends to the ledger."""
    found = {"append_evidence"} if name_of(path) in COURSES else set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and _SERVICES.fullmatch(node.module or ""):
            for alias in node.names:
                called = alias.asname or alias.name
                found |= {f"{called}.{name}" for name in _APPENDING} if alias.name == "services" else set()
                found |= {called} if alias.name in _APPENDING else set()
    return found


def _calls(path: Path) -> Iterator[tuple[Function, ast.Call]]:
    """Return the calls of a file, each with the function around it."""
    for function in ast.walk(tree_of(path)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from ((function, node) for node in ast.walk(function) if isinstance(node, ast.Call))


def _kind_of(call: ast.Call) -> ast.expr:
    """Return the argument that is the kind: the second one, or that of this name."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "kind"]
    return named[0] if named else call.args[1]


def _values(node: ast.expr, function: Function, path: Path) -> Iterator[str]:
    """Return all texts that an expression can be, or fail and say where it cannot be seen."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _values(node.body, function, path)
            yield from _values(node.orelse, function, path)
        case ast.JoinedStr():
            yield from _joined(node, function, path)
        case ast.Name(id=name):
            found = [*_assigned(name, ast.walk(function)), *_constants(name, path)]
            assert found, f"{name_of(path)}:{node.lineno}: {name} is given from outside: add its function to HANDED_ON"
            for value in found:
                yield from _values(value, function, path)
        case _:
            raise AssertionError(f"{name_of(path)}:{node.lineno}: no kind can be seen in {ast.unparse(node)}")


def _joined(node: ast.JoinedStr, function: Function, path: Path) -> Iterator[str]:
    match node.values:
        case [ast.Constant(value=str(start)), ast.FormattedValue(value=inner)]:
            written = f"{start}{{{ast.unparse(inner)}}}"
            ends = EXPANDED.get(written) or tuple(_values(inner, function, path))
            yield from (f"{start}{end}" for end in ends)
        case _:
            raise AssertionError(f"{name_of(path)}:{node.lineno}: no kind can be seen in {ast.unparse(node)}")


def _assigned(name: str, nodes: Iterator[ast.AST]) -> Iterator[ast.expr]:
    """Return what is assigned to a name, also as one of several."""
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=True))
                yield from (value for each, value in pairs if isinstance(each, ast.Name) and each.id == name)


def _constants(name: str, path: Path) -> Iterator[ast.expr]:
    """Return the constant of a name that a file imports from another one of ours."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
            source = REPOSITORY / "src" / f"{(node.module or '').replace('.', '/')}.py"
            yield from _assigned(name, iter(tree_of(source).body))


def _all_kinds(*, of_courses: bool) -> set[str]:
    found = (path for path in files(".py", below=("src/jiangxue",)) if (name_of(path) in COURSES) == of_courses)
    return {kind for path in found if name_of(path) not in DAYS for kind in _appended(path)}


@pytest.mark.clause("T8.1", "T1.3")
def test_every_kind_that_is_appended_is_read_and_nothing_else() -> None:
    assert _all_kinds(of_courses=False) == READERS.keys()


@pytest.mark.clause("T8.1", "C5")
def test_every_kind_has_words_on_the_pages() -> None:
    assert RECORDS.keys() == READERS.keys()


def test_every_kind_is_described_for_those_who_read_an_archive_without_us() -> None:
    assert kinds_under(OF_PLACES) == READERS.keys()


def test_kinds_of_a_course_are_described_apart() -> None:
    assert kinds_under(OF_COURSES) == _all_kinds(of_courses=True)
    assert not kinds_under(OF_COURSES) & READERS.keys()


def test_kinds_of_the_audit_are_described_apart() -> None:
    assert kinds_under(OF_AUDIT) == {kind for name in DAYS for kind in _appended(REPOSITORY / name)} == {"audit.day"}


def test_the_search_sees_every_way_in_which_a_kind_is_written() -> None:
    """So that code which it cannot read any more does not pass for code that appends nothing."""
    ways = {"enrolment.opened", "consent.withdrawn", "rating.changed", "rating.comment_hidden", "appeal.sent_back"}
    assert ways | {"archive.erased", "segment.sealed"} <= _all_kinds(of_courses=False)
    assert {"course.put_back", "version.rejected", "version.reviewed"} <= _all_kinds(of_courses=True)


def test_every_reading_that_is_put_together_is_still_in_the_code() -> None:
    text = "\n".join(path.read_text() for path in files(".py", below=("src/jiangxue",)))
    assert not [written for written in EXPANDED if f'f"{written}"' not in text]
